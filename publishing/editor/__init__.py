"""What the text editor of the desk asks the server while somebody writes."""
