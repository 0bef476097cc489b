package org.assistantservice.samples.defichain;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.assistantservice.actions.Action;
import org.assistantservice.actions.ActionException;
import org.assistantservice.actions.Effect;
import org.assistantservice.actions.Param;

/// Looks things up in the pack's own wiki. Thread-safe.
public final class WikiActions implements AutoCloseable {
    private static final int LONGEST_QUERY = 500;
    private static final int ARTICLES = 3;

    private final Wiki wiki;

    /// Reads and indexes the articles.
    public WikiActions() throws IOException {
        wiki = Wiki.of(Article.all());
    }

    /// The best articles, each with its title, or a sentence that there is none.
    @Action(
            name = "defichain_wiki_knowledge",
            description =
                    "Looks up in the DeFiChainWiki what DeFiChain is and how it works: DFI,"
                            + " staking, masternodes, vaults, loans, dTokens, liquidity mining,"
                            + " governance, wallets, Ocean.",
            effect = Effect.READ_ONLY,
            timeout = "10s",
            notice = "I'll go look this up in the DeFiChainWiki for you 🔎")
    public String knowledge(@Param("What to look up, in a few English words") String query)
            throws IOException {
        if (query.isBlank() || query.length() > LONGEST_QUERY) {
            throw new ActionException(
                    "query must have 1 to %d characters".formatted(LONGEST_QUERY));
        }
        List<Article> found = wiki.search(query, ARTICLES);
        return found.isEmpty()
                ? "The DeFiChainWiki has nothing about this."
                : found.stream().map(Article::text).collect(Collectors.joining("\n\n"));
    }

    @Override
    public void close() throws IOException {
        wiki.close();
    }
}
