package org.assistantservice.samples.research;

import java.util.List;
import java.util.Set;
import org.assistantservice.fetch.FetchResult.Fetched;

/// How one kind of search engine is asked and how it answers. Thread-safe.
sealed interface SearchDialect permits Searxng, Brave, HtmlPage {
    /// What follows the query in the address, beginning with `&`; may be empty.
    String parameters(int most);

    /// Media types of its answers.
    Set<String> types();

    /// The pages it found, best first.
    ///
    /// @throws org.assistantservice.actions.ActionException if the answer cannot be read
    List<SearchHit> hits(Fetched answer);
}
