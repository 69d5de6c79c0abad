"""From a dropped file to a figure that hand computation gives, in a real browser."""

import base64
import io
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]
from playwright.sync_api import FilePayload, Locator, Page, expect

from meshkit.ids import new_id
from tests.builders.mesh import Mesh
from tests.mesh.clients import JsonDoor

pytestmark = pytest.mark.browser

PASSWORD = "Amber-Walnut-Ferry-2931"
QUARTER = Decimal("0.25")
REGIONS = ("Süd", "Nord", "West")
# What a drop from the desktop is to a page. The policy of the page forbids code made from text, so all of it is here.
DROP = """files => {
  const transfer = new DataTransfer();
  for (const [name, content] of files) {
    const bytes = Uint8Array.from(atob(content), letter => letter.charCodeAt(0));
    transfer.items.add(new File([bytes], name));
  }
  for (const kind of ["dragenter", "dragover", "drop"])
    window.dispatchEvent(new DragEvent(kind, {dataTransfer: transfer, bubbles: true, cancelable: true}));
}"""


@dataclass(frozen=True)
class Sale:
    day: date
    region: str
    code: int
    amount: Decimal


SALES = [
    Sale(
        date(2024, 1, 1) + timedelta(days=5 * n), REGIONS[n % 3], 100 + n % 7, Decimal(1000 + 37 * n) + Decimal("0.25")
    )
    for n in range(72)
]


def messy_csv() -> bytes:
    """As a German spreadsheet writes it: semicolons, decimal commas, day before month; one row is torn."""
    lines = ["Order date;Region;Store code;Amount"]
    for sale in SALES:
        amount = f"{sale.amount:,.2f}".translate(str.maketrans(",.", ".,"))
        lines.append(f"{sale.day:%d.%m.%Y};{sale.region};{sale.code};{amount}")
    lines.insert(40, "01.02.2024;Nord;105;17,00;torn;off")
    return "\r\n".join(lines).encode("windows-1252")


def workbook() -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Stores"
    sheet.append(["Store code", "City"])
    for code in range(100, 107):
        sheet.append([code, f"City {code}"])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def drop(page: Page, files: Mapping[str, bytes]) -> None:
    page.evaluate(DROP, [[name, base64.b64encode(content).decode()] for name, content in files.items()])


def sign_up(page: Page) -> str:
    """A founder with no source yet, at the chat page; returns the e-mail."""
    email = f"founder-{new_id()}@files.example"
    page.goto("/signup")
    page.get_by_label("Organization").fill("Files Ltd")
    page.get_by_label("First name").fill("Ada")
    page.get_by_label("Last name").fill("Maro")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(lambda url: not url.endswith("/signup"))
    page.goto("/chat")
    expect(page.get_by_test_id("upload-button").first).to_be_visible()
    return email


def ready(page: Page, number: int) -> None:
    expect(page.locator("[data-testid=upload-item][data-phase=ready]")).to_have_count(number)


def column(page: Page, name: str) -> Locator:
    return page.get_by_test_id("uploaded-column").filter(has=page.get_by_label(f"Name of the column {name}"))


def ask(page: Page, question: str) -> Locator:
    page.get_by_test_id("chat-input").fill(question)
    page.get_by_test_id("chat-input").press("Enter")
    answer = page.get_by_test_id("assistant-message").last
    expect(answer).to_have_attribute("data-phase", "completed")
    return answer


def choose(page: Page, name: str, content: bytes) -> None:
    """By the button, as who doesn't drop files."""
    file = FilePayload(name=name, mimeType="", buffer=content)
    page.get_by_test_id("upload-input").first.set_input_files(file)


def add_one(page: Page, name: str, content: bytes) -> None:
    choose(page, name, content)
    ready(page, 1)
    page.get_by_test_id("intake-add").click()
    page.wait_for_url(re.compile(r"/chat\?source="))


def test_files_dropped_on_the_chat_page_are_checked_and_asked(page: Page) -> None:
    sign_up(page)
    drop(page, {"sales 2024.csv": messy_csv(), "stores.xlsx": workbook()})
    ready(page, 2)
    broken = page.get_by_test_id("broken-rows")
    expect(broken).to_contain_text(re.compile("^1 row can.t be read"))
    broken.locator("summary").click()
    expect(broken).to_contain_text("torn")
    expect(page.get_by_label("Type of the column amount").locator("option:checked")).to_have_text("Decimal number")

    code = page.get_by_test_id("uploaded-table").first.get_by_label(re.compile("Type of the column store.code"))
    expect(code.locator("option:checked")).to_have_text("Whole number")
    code.select_option(label="Text")
    expect(page.get_by_test_id("intake-add")).to_have_count(0)
    page.get_by_test_id("read-again").click()
    ready(page, 2)
    expect(code.locator("option:checked")).to_have_text("Text")
    page.get_by_test_id("source-name").fill("Sales and stores")
    page.get_by_test_id("intake-add").click()
    page.wait_for_url(re.compile(r"/chat\?source="))

    answer = ask(page, "total amount by region")
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for sale in SALES:
        totals[sale.region] += sale.amount
    table = answer.get_by_test_id("result-table")
    for region, total in totals.items():
        row = table.get_by_role("row").filter(has_text=region)
        (figure,) = re.findall(r"[\d,.]+\d", row.inner_text().removeprefix(region))
        assert Decimal(figure.replace(",", "")) == total


def test_a_person_describes_a_column_on_the_page_of_the_source(page: Page) -> None:
    sign_up(page)
    add_one(page, "sales.csv", messy_csv())
    page.goto("/sources")
    page.get_by_test_id("source-card").first.click()
    page.get_by_test_id("catalog-table").first.locator("summary").click()
    row = page.get_by_test_id("catalog-column").filter(has_text="amount")
    row.get_by_test_id("edit-description").click()
    page.keyboard.type("never kept")
    page.keyboard.press("Escape")
    expect(row.get_by_test_id("description")).to_have_count(0)
    expect(row.get_by_test_id("edit-description")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("What the customer paid, taxes included")
    page.keyboard.press("Enter")
    expect(row.get_by_test_id("description")).to_have_text("What the customer paid, taxes included")
    page.get_by_test_id("refresh-source").click()
    expect(page.get_by_test_id("work-progress")).to_have_count(0)
    page.reload()
    page.get_by_test_id("catalog-table").first.locator("summary").click()
    expect(row.get_by_test_id("description")).to_have_text("What the customer paid, taxes included")
    expect(page.get_by_test_id("newest-data")).to_contain_text(f"{SALES[-1].day:%Y-%m-%d}")


def test_an_upload_that_is_stopped_leaves_nothing_and_can_be_taken_up_again(mesh: Mesh, page: Page) -> None:
    door = JsonDoor(mesh)
    door.log_in(sign_up(page), PASSWORD)
    network = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 100_000}
    network.send("Network.emulateNetworkConditions", slow)
    drop(page, {"long.csv": b"day,amount\n" + b"2024-01-01,12.50\n" * 120_000})
    item = page.get_by_test_id("upload-item")
    expect(item.get_by_test_id("upload-state")).to_contain_text("left")
    item.get_by_test_id("upload-stop").click()
    expect(item).to_have_attribute("data-phase", "stopped")
    assert door.http.get("/v1/integrations/uploads").json().get("uploads", []) == []

    network.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": -1})
    item.get_by_test_id("upload-retry").click()
    ready(page, 1)
    assert len(door.http.get("/v1/integrations/uploads").json()["uploads"]) == 1
    page.keyboard.press("Escape")
    page.get_by_test_id("intake-discard").click()
    expect(page.get_by_test_id("intake")).to_have_count(0)
    page.goto("/sources")
    assert door.http.get("/v1/integrations/sources").json().get("sources", []) == []


def test_a_file_that_is_not_what_its_name_says_is_refused_in_words(page: Page) -> None:
    sign_up(page)
    page.goto("/sources")
    expect(page.get_by_test_id("upload-button")).to_be_visible()
    drop(page, {"report.xlsx": b"PK\x03\x04 this is no workbook" * 50})
    item = page.get_by_test_id("upload-item")
    expect(item).to_have_attribute("data-phase", "failed")
    expect(item.get_by_role("alert")).to_contain_text(re.compile("damaged"))
    expect(page.get_by_test_id("intake-add")).to_be_disabled()
    item.get_by_test_id("upload-remove").click()
    expect(item).to_have_count(0)


def test_a_file_goes_into_the_warehouse_and_its_table_out_again(page: Page) -> None:
    sign_up(page)
    choose(page, "sales.csv", messy_csv())
    ready(page, 1)
    page.get_by_test_id("intake-aim").click()
    page.get_by_test_id("warehouse-name").fill("sales_2024")
    page.get_by_test_id("intake-add").click()
    page.wait_for_url(re.compile(r"/chat\?source="))
    answer = ask(page, "total amount")
    figures = re.findall(r"\d[\d,]*\.?\d*", answer.inner_text())
    assert sum(sale.amount for sale in SALES) in [Decimal(figure.replace(",", "")) for figure in figures]
    page.goto("/sources")
    page.get_by_test_id("source-card").first.click()
    page.get_by_test_id("catalog-table").first.locator("summary").click()
    page.get_by_test_id("drop-table").click()
    page.get_by_test_id("confirm-drop").click()
    expect(page).to_have_url(re.compile("/sources$"))
    expect(page.get_by_test_id("source-card")).to_have_count(0)
