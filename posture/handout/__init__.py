"""What is handed to a person about their visits: the page of one, and the page of two.

Both are made of what a history holds, whether it was kept there or only reckoned for the page.

one (a session on a page) ── two (a session beside another)
"""
