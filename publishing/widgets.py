"""The Markdown editor of the desk: django-markdownx's widget and script, with our own views."""

from markdownx.widgets import AdminMarkdownxWidget


class MarkdownWidget(AdminMarkdownxWidget):  # type: ignore[misc] # markdownx has no types
    """A text area with a live preview that shows what the public will see."""

    class Media:
        css = {"all": ["css/admin/desk.css", "css/admin/review.css", "css/admin/editor.css"]}
        js = ["js/refused_upload.js"]
