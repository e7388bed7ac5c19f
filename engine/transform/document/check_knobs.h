// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// checkKnobs(): checks a Variation before any of it is carried out.

#include "types/graph.h"
#include "types/result.h"
#include "types/variation.h"

namespace transform {

/// Checks that every knob is in its domain (types/knob_domain.h) and every layer exists in the
/// model; the Error names the knob.
types::Result<void> checkKnobs(const types::Graph& graph, const types::Variation& variation);

}  // namespace transform
