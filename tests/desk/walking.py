"""Hands that follow only the screen: those of a keyboard, and those of a mouse. Both type words with keys."""

from __future__ import annotations

from typing import Any

_FOCUS = """(target) => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return { lost: true };
  const box = focused.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 20), 1), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 12), 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const outlined = (element) => {
    const style = element && getComputedStyle(element);
    return style && ((style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none");
  };
  const marked = [focused, focused.parentElement, focused.closest(".words"), focused.closest("label")].some(outlined);
  const order = target ? target.compareDocumentPosition(focused) : 0;
  return {
    lost: false,
    name: `${focused.tagName} ${focused.getAttribute("aria-label") || focused.textContent.slice(0, 40)}`,
    shown: focused.id === "main" || (marked && box.bottom > 0 && box.top < innerHeight),
    covered: !(top && (focused.contains(top) || top.contains(focused) || top.closest("label")?.contains(focused))),
    there: !!target && (target === focused || target.contains(focused)),
    before: !!(order & Node.DOCUMENT_POSITION_PRECEDING),
  };
}"""
_MOST_STOPS = 150


class Keyboard:
    """Reaches everything with Tab, or in menus with arrows, and presses Enter or the space bar."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def reach(self, target: Any) -> None:
        """Go to an element; fail where the focus is lost, cannot be seen, or lies under something else."""
        target.wait_for()
        state = self.page.evaluate(_FOCUS, target.element_handle())
        key = "Tab" if state["lost"] or state["before"] else "Shift+Tab"
        if target.get_attribute("role") == "menuitem":
            key = "ArrowDown"
        for _ in range(_MOST_STOPS):
            if state.get("there"):
                return
            self.page.keyboard.press(key)
            state = self.page.evaluate(_FOCUS, target.element_handle())
            assert not state["lost"], f"no focus on the way to {target}"
            assert state["shown"], f"the focus cannot be seen: {state['name']}"
            assert not state["covered"], f"the focus is covered: {state['name']}"
        raise AssertionError(f"cannot be reached: {target}")

    def press(self, target: Any) -> None:
        """Press a button or link, or tick a box."""
        self.reach(target)
        self.page.keyboard.press("Space" if target.get_attribute("type") == "checkbox" else "Enter")

    def write(self, target: Any, words: str) -> None:
        """Put words in place of those of a field."""
        self.reach(target)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    def menu(self, block: Any, cell: Any) -> None:
        """Open the menu of a block in which a cell, or a button, is."""
        self.reach(cell)
        self.page.keyboard.press("F2")


class Mouse:
    """Points at everything, and clicks."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def press(self, target: Any) -> None:
        """Press a button or link, or tick a box."""
        target.hover()  # waits until nothing covers it
        self.page.mouse.down()
        self.page.mouse.up()

    def write(self, target: Any, words: str) -> None:
        """Put words in place of those of a field."""
        self.press(target)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    def menu(self, block: Any, cell: Any) -> None:
        """Open the menu of a block by its handle."""
        block.hover()
        self.press(block.locator(".handle"))


HANDS = {"keyboard": Keyboard, "mouse": Mouse}


def assert_focus(page: Any) -> None:
    """Fail if nothing has the focus, as after a redraw that forgot it."""
    page.wait_for_timeout(100)
    assert not page.evaluate(_FOCUS, None)["lost"], "the focus is lost"
