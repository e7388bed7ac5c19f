// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Figures of layers for the viewers that people have beside this program. Both name a layer by its
// operator's index in the file, so they belong to the .tflite of the same evaluation.
//
// Model Explorer: a file of node data colours the graph by one figure: {"name", "results": {"3":
// {"value"}}, "gradient": [{"stop", "bgColor"}]} (google-ai-edge/model-explorer,
// src/server/package/src/model_explorer/node_data_builder.py: GraphNodeData).
// Netron: an attachment adds metrics to the sidebar: {"signature": "netron:attachment", "metrics":
// [{"kind": "node", "identifier": "3", "name", "value"}]} (lutzroeder/netron, source/view.js:
// metadata.Attachment).

#include <filesystem>
#include <string>
#include <vector>

#include "types/evaluation.h"
#include "types/result.h"

namespace exporting {

/// One file per figure that is known, such as latency_us.json, in `directory`, which is created if
/// missing; returns their paths. Layers without the figure are left out.
types::Result<std::vector<std::filesystem::path>> writeModelExplorer(
    const types::Evaluation& evaluation, const std::filesystem::path& directory);

/// All figures in one file, which Netron takes by "open attachment" or dropped on the model.
types::Result<void> writeNetron(const types::Evaluation& evaluation,
                                const std::filesystem::path& file);

}  // namespace exporting
