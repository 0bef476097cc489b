package org.assistantservice.blackbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assistantservice.plugin.PackJars;

/// An assistant whose actions have sentences for users, or none.
final class JellyPack {
    static final String NAME = "Jelly";
    static final String WIKI_SENTENCE = "I'll go look this up in the DeFiChainWiki for you 🔎";

    static final String GREETING =
            """
            Hi there, it's Jelly 🪼

            Your friendly undersea guide to everything DeFiChain. Feel comfortable to dive into any \
            question you've got.

            Please note, while I aim for accuracy, sometimes I might get things a bit off - the \
            ocean of blockchain can be complex!

            Ready to navigate through this exciting blockchain journey together? 🌊\
            """;
    static final String APOLOGY =
            """
            Yikes! I made a bubbly blunder ⛈️

            Please accept this humble jellyfish's apologies for the inconvenience.

            Can we swim forward and try again together? 🐙\
            """;

    private static final String SOURCE =
            """
            package demo;

            import java.nio.file.*;
            import org.assistantservice.actions.*;

            public final class JellyActions {
                @Action(name = "defichain_wiki_knowledge", description = "Looks something up.",
                        effect = Effect.READ_ONLY,
                        notice = "I'll go look this up in the DeFiChainWiki for you 🔎")
                public String wiki(@Param("What to look up") String query) {
                    return "Everything about " + query;
                }

                @Action(name = "get_proposal_ID", description = "Finds a proposal.",
                        effect = Effect.READ_ONLY)
                public String proposal() {
                    return "42";
                }

                @Action(name = "wait_for_file", description = "Waits until a file is there.",
                        effect = Effect.READ_ONLY, timeout = "60s", notice = "Waiting for it")
                public String waits(@Param("Its path") String path) throws Exception {
                    while (!Files.exists(Path.of(path))) {
                        Thread.sleep(10);
                    }
                    return "It is there";
                }

                @Action(name = "fails", description = "Always fails.", effect = Effect.READ_ONLY)
                public String fails() {
                    throw new ActionException("the sea is rough");
                }
            }
            """;

    private JellyPack() {}

    static void drop(ServiceProcess service) throws IOException {
        Path folder = Files.createDirectories(service.assistantsDir().resolve("jelly"));
        PackJars.in(folder).source("demo.JellyActions", SOURCE).jar("jelly.jar");
        Files.writeString(
                folder.resolve("assistant.json"),
                """
                {
                  "assistant_name": "Jelly",
                  "initial_message": "",
                  "instructions": "You know DeFiChain.",
                  "model": "scripted",
                  "function_names": ["defichain_wiki_knowledge", "get_proposal_ID",
                                     "wait_for_file", "fails"]
                }
                """);
    }
}
