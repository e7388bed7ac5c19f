// SPDX-License-Identifier: GPL-3.0-or-later
#include "runners/compare_outputs.h"

namespace runners {

types::Result<void> compareOutputs(const types::Graph& graph, const std::vector<int32_t>& ops,
                                   const Checksums& expected, const Checksums& found,
                                   const char* board) {
    for (const int32_t op : ops) {
        if (op < 0 || static_cast<size_t>(op) >= graph.ops.size()) continue;
        for (const int32_t tensor : graph.ops[static_cast<size_t>(op)].outputs) {
            const auto here = expected.find(tensor), there = found.find(tensor);
            if (here == expected.end()) continue;
            if (graph.tensor(tensor).type == types::DataType::Float32) continue;
            if (there == found.end() || there->second != here->second)
                return types::fail(
                    std::string("output on ") + board + " differs from this machine's",
                    types::opLabel(graph, static_cast<size_t>(op)), "report this model as a bug");
        }
    }
    return {};
}

}  // namespace runners
