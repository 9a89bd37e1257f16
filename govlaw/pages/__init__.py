"""From tables to HTML: the top room; nothing below it knows that pages exist."""

from govlaw.pages.show import Page as Page
