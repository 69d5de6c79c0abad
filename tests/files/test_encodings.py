"""Texts in the encodings that files come in."""
# ruff: noqa: RUF001  (letters of many languages are what is tested)

import pytest

from services.integration.workers.errors import Refused
from tests.files.conftest import Read

GERMAN = "Ort;Straße;Größe\nMünchen;Königsallee;5\nKöln;Gürzenichstraße;6\nDüsseldorf;Schöne Aussicht;7\n"
RUSSIAN = "Город;Улица\n" + "Москва;Тверская улица\nСанкт-Петербург;Невский проспект\nКазань;улица Баумана\n" * 3
JAPANESE = "都市,説明\n" + "東京,日本の首都です\n大阪,食べ物がおいしい町です\n京都,古いお寺がたくさんあります\n" * 3


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (GERMAN, "utf-8", "utf-8"),
        (GERMAN, "utf-8-sig", "utf-8"),
        (GERMAN, "utf-16", "utf-16"),
        (GERMAN, "utf-16-le", "utf-16-le"),
        (GERMAN, "utf-16-be", "utf-16-be"),
        (GERMAN, "utf-32", "utf-32"),
        (GERMAN, "cp1252", "windows-1252"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (JAPANESE, "cp932", "shift_jis"),
        (JAPANESE, "euc_jp", "euc_jp"),
    ],
)
def test_found_by_content(text: str, encoding: str, named: str, read: Read) -> None:
    outcome = read(text.encode(encoding))
    assert outcome.file.reading.encoding == named
    header, *rows = [line.split(outcome.file.reading.delimiter) for line in text.splitlines()]
    assert [column.origin for column in outcome.table().columns] == header
    assert [[str(cell) for cell in row] for row in outcome.rows()] == rows


def test_the_encoding_that_a_person_names_counts(read: Read) -> None:
    outcome = read("name\nż\n".encode("cp1250"), reading={"encoding": "windows-1250"})
    assert outcome.rows() == [("ż",)]


def test_an_unknown_encoding_is_refused(read: Read) -> None:
    with pytest.raises(Refused) as refused:
        read("a\n1\n", reading={"encoding": "base64"})
    assert refused.value.kind == "UPLOAD_UNREADABLE"


def test_bytes_that_are_no_text_break_their_row_alone(read: Read) -> None:
    good = "".join(f"{n},Müller\n" for n in range(20)).encode()
    outcome = read(b"id,name\n" + good + b"99,M\xff\xfeller\n" + good)
    assert outcome.table().row_count == 40
    assert [(row.line, row.problem) for row in outcome.table().broken_rows] == [
        (22, "it has bytes that aren't text in the file's encoding")
    ]


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_line_ends_of_every_system(ending: str, read: Read) -> None:
    outcome = read(ending.join(["id,name", "1,a", "2,b", ""]))
    assert outcome.rows() == [(1, "a"), (2, "b")]


def test_zero_bytes_are_left_out(read: Read) -> None:
    outcome = read(b"id,name\n1,a\x00b\n2,c\n")
    assert outcome.rows() == [(1, "ab"), (2, "c")]


WESTERN = ["Stück", "Café", "CAFÉ", "l’été", "10 m²;5 °C", "Straße", "GROSSE STRAßE", "Ärger", "señor;¿qué?", "Århus",
           "Müller;François;Ærø;José", "São Paulo", "Málaga;Crème", "Nº 5", "“quoted” – text", "Größe", "£5;5€", "é",
           "5 µm", "Škoda"]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((text, "cp1252") for text in WESTERN),
        ("Þórður;Ísafjörður", "cp1252"), ("Stück", "cp850"),
        ("Mädchen", "cp850"), ("München;Straße", "cp850"), ("Mädchen;Grün;Köln", "mac_roman"),
        ("Łódź;Kraków;Gdańsk", "cp1250"), ("złoty", "cp1250"), ("Plzeň;České Budějovice;Děčín", "cp1250"),
        ("Şişli;Beşiktaş;Kadıköy", "cp1254"), ("Šiauliai;Klaipėda;Panevėžys;įmonė", "cp1257"), ("Москва", "cp1251"),
        ("Москва;Тверская", "koi8_r"), ("Москва;Тверская", "cp866"), ("Αθήνα;Θεσσαλονίκη", "cp1253"),
        ("ירושלים", "cp1255"), ("القاهرة", "cp1256"), ("トウキョウ", "cp932"), ("日本の首都です", "euc_jp"),
        ("北京;上海;数量", "gb18030"), ("台北;高雄;數量", "big5"), ("서울", "cp949"),
    ],
)  # fmt: skip
def test_a_few_words_are_enough(text: str, encoding: str, read: Read) -> None:
    outcome = read(b"id\tword\n1\tplain\n2\t" + text.encode(encoding) + b"\n")
    assert outcome.rows() == [(1, "plain"), (2, text)]


def test_a_small_german_export(read: Read) -> None:
    text = "Bestelldatum;Land;Umsatz;Stück\n31.01.2025;Deutschland;1.234,50;3\n02.02.2025;Frankreich;12,00;5\n"
    outcome = read(text.encode("cp1252"))
    assert outcome.file.reading.encoding == "windows-1252"
    assert outcome.types() == {"bestelldatum": "date", "land": "text", "umsatz": "decimal", "stück": "integer"}


@pytest.mark.parametrize("text", ["Name;n\rGröße;1\r", "Name;n\r\nGröße;1\rx;2\n", "Name;n\n\0Größe;1\n"])
def test_old_line_ends_and_zero_bytes_hide_no_encoding(text: str, read: Read) -> None:
    outcome = read(text.encode("cp1252"))
    assert outcome.file.reading.encoding == "windows-1252"
    assert outcome.rows()[0] == ("Größe", 1)
