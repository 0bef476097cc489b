/// The description of the HTTP API: the OpenAPI document that the build generates from all routes,
/// and two pages that show it, without anything from other hosts.
///
/// Start reading at [DocsController]. **Depends on:** nothing. **Used by:** nobody. A new route
/// appears in the document by itself, one of a protocol that is switched off does not; routes that
/// are not for clients are marked `@Hidden`.
@NullMarked
package org.assistantservice.protocol.docs;

import org.jspecify.annotations.NullMarked;
