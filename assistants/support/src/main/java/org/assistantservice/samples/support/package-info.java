/// The actions of the sample assistant `support`.
///
/// **Depends on:** `actions` alone.
@NullMarked
package org.assistantservice.samples.support;

import org.jspecify.annotations.NullMarked;
