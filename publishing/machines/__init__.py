"""What the site says to machines: feeds, the sitemap, content documents and structured data."""
