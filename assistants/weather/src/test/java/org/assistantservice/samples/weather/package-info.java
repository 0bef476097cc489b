/// Tests of the sample assistant `weather`.
@NullMarked
package org.assistantservice.samples.weather;

import org.jspecify.annotations.NullMarked;
