/// Actions about DeFiChain: a small wiki, look-ups at an Ocean API, and a calculator.
///
/// Start reading at [WikiActions], [OceanActions] and [CalculatorActions].
@NullMarked
package org.assistantservice.samples.defichain;

import org.jspecify.annotations.NullMarked;
