/// Tests of the sample assistant `support`.
@NullMarked
package org.assistantservice.samples.support;

import org.jspecify.annotations.NullMarked;
