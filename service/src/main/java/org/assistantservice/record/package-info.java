/// What a protocol must remember: small JSON rows by namespace and key, each with its place in the
/// namespace.
///
/// Start reading at [RecordStore]. **Depends on:** `identity`. **Used by:** `knowledge`, `store`,
/// `protocol`. Nothing here knows what the rows mean.
@NullMarked
package org.assistantservice.record;

import org.jspecify.annotations.NullMarked;
