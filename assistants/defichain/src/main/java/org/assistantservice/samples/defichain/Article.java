package org.assistantservice.samples.defichain;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// One article of the wiki.
record Article(String title, String body) {
    private static final String RESOURCE = "wiki.md";
    private static final String HEADING = "# ";

    /// All articles: each begins with a line `# <title>`.
    static List<Article> all() throws IOException {
        try (InputStream resource = Article.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IOException("The pack lacks " + RESOURCE);
            }
            return parse(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static List<Article> parse(String markdown) {
        List<Article> articles = new ArrayList<>();
        for (String part : markdown.split("(?m)^" + HEADING, -1)) {
            int end = part.indexOf('\n');
            if (end > 0) {
                articles.add(
                        new Article(part.substring(0, end).strip(), part.substring(end).strip()));
            }
        }
        return articles;
    }

    String text() {
        return title + ": " + body;
    }
}
