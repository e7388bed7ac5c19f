// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Records from measured sessions: the whole inference, and each kind of operator where the model is
// at hand that was measured. Estimated figures are left out.

#include "studies/record.h"
#include "types/graph.h"
#include "types/session.h"

namespace studies {

/// `graph` may be null: MACs are unknown then.
Records recordsOf(const types::Session& session, const types::Graph* graph);

}  // namespace studies
