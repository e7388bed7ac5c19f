// SPDX-License-Identifier: GPL-3.0-or-later
#include "footprint/code_size.h"

#include <set>
#include <string>

#include "runtime/program.h"

namespace footprint {
namespace {

constexpr const char* kSource = "size of its object file, GCC 12.2 -O2 for this family of cores";

int32_t bytesOf(const CodeFile& file, types::Isa isa) {
    return isa == types::Isa::Mve ? file.bytes.mve : file.bytes.dsp;
}

/// Packed kernels and replacements are built for one instruction set alone.
bool isBuiltFor(const CodeFile& file, types::Isa isa) {
    const bool isPlain = file.bytes.dsp > 0 && file.bytes.mve > 0;
    return isa == types::Isa::Portable ? isPlain : bytesOf(file, isa) > 0;
}

/// "CONV_2D, FULLY_CONNECTED": the model's operators that call kernels of the file; empty: none.
std::string callersOf(const CodeFile& file, const runtime::Program& program,
                      const types::Graph& graph) {
    std::set<std::string> names;
    runtime::forEachOp(program, [&](const runtime::OpRecord& op, uint32_t subgraph) {
        if (op.kernel < file.first || op.kernel > file.last) return;
        const auto& ops = subgraph == 0 ? graph.ops : graph.others[subgraph - 1].ops;
        names.insert(ops[op.graphOp].name());
    });
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

}  // namespace

std::vector<types::BudgetLine> codeSize(const runtime::Program& program, const types::Graph& graph,
                                        types::Isa isa) {
    std::vector<types::BudgetLine> lines = {{"our own runtime, core", 0, kSource}};
    for (const CodeFile& file : coreFiles())
        lines.front().bytes += bytesOf(file, isa);
    uint8_t helpers = 0;
    for (const CodeFile& file : kernelFiles()) {
        const std::string callers = callersOf(file, program, graph);
        if (callers.empty() || !isBuiltFor(file, isa)) continue;
        helpers |= file.helpers;
        lines.push_back({std::string(file.name) + ": " + callers, bytesOf(file, isa), kSource});
    }
    for (size_t i = 0; i < helperFiles().size(); ++i)
        if (const CodeFile& file = helperFiles()[i]; helpers >> i & 1)
            lines.push_back(
                {std::string(file.name) + ": shared by kernels", bytesOf(file, isa), kSource});
    return lines;
}

}  // namespace footprint
