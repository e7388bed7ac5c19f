// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Records of measured sessions: the whole inference, and each operator kind where the measured
// model is available. Estimated figures are left out.

#include "studies/record.h"
#include "types/graph.h"
#include "types/session.h"

namespace studies {

/// `graph` may be null; MACs are then unknown.
Records recordsOf(const types::Session& session, const types::Graph* graph);

}  // namespace studies
