package org.assistantservice.samples.research;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/// One page that a search found.
@JsonPropertyOrder({"title", "link", "snippet"})
record SearchHit(String title, String link, String snippet) {}
