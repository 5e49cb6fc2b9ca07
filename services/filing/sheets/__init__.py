"""参训学员名单 as an Excel sheet: the template that is handed out, and what comes back."""
