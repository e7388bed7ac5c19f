// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Signatures: the entry points of a file. One subgraph is explored at a time.

#include <string>
#include <vector>

#include "tflite/schema.h"
#include "types/graph.h"
#include "types/result.h"

namespace tflite {

/// Returns the subgraphs that no operator calls, in order of the file: under the name of each of
/// their signatures, else under their own name where that is unique, else "subgraph N".
/// The calls must be sound (subgraph_calls.h).
std::vector<types::Signature> signaturesOf(const schema::Model& model);

/// Returns the subgraph of the signature `name`; the first subgraph for an empty name. An Error
/// lists the names that exist.
types::Result<int32_t> findSignature(const std::vector<types::Signature>& signatures,
                                     const std::string& name, const std::string& file);

}  // namespace tflite
