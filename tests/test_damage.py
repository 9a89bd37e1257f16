"""What others did to a text is told in a note and never repaired."""

import pytest

from govlaw.text.damage import find_damage
from tests.test_register import read


@pytest.mark.parametrize(
    ("text", "code"),
    [("实施方案(20212025年)印发。", "lost_dash"), ("各项工作落实到位?。", "odd_punctuation"),
     ("推进依法治(zhì)国。", "inserted_pinyin"), ("行政执(執)法和办(辦)案。", "inserted_script"),
     ("锟斤拷锟斤拷锟斤拷", "suspect_mojibake"),
     ("全县www.example.com推进依法行政,www.example.com办理案件。", "watermark"),
     ("本縣法治政府建設,行政執法,複議應訴,機關權責,業務進展,實際發展", "script_traditional")],
)  # fmt: skip
def test_damage_is_told(text, code):
    assert [note for note in find_damage(text) if note.startswith(code)]
    document = read(f"清溪县2020年法治政府建设情况报告\n{text}\n")
    assert text in document.text, "the text stays as it is"
    assert any(note.startswith(code) for note in document.register.notes)


def test_the_seeds_are_sound(seeds):
    assert [find_damage(document.text) for document in seeds] == [()] * 5
