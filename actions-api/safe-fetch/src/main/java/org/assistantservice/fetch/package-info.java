/// Fetches what a model names from the public internet, and nothing else: no address of this
/// machine or of a network around it, whatever the spelling, whatever the name server says, and
/// wherever a redirect leads.
///
/// Start reading at [SafeFetch]. A library: packs bring it along in their `lib/`. It depends on
/// Apache HttpClient, because that lets a caller decide which addresses a connection may go to.
@NullMarked
package org.assistantservice.fetch;

import org.jspecify.annotations.NullMarked;
