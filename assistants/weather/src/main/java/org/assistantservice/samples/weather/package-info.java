/// The actions of the sample assistant `weather`.
///
/// **Depends on:** `actions` alone.
@NullMarked
package org.assistantservice.samples.weather;

import org.jspecify.annotations.NullMarked;
