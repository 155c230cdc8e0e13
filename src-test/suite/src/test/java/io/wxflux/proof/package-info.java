/** Long proofs with real processes that are killed; run by the profile {@code proof}. */
package io.wxflux.proof;
