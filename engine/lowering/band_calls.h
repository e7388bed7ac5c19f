// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to lowering: the ops of a Program in bands, one for each different call: the same
// operator on as many rows at the same places is one op, however often it runs. Calls of one
// operator share its weights and factors.

#include <tuple>

#include "lowering/bands.h"
#include "lowering/program_draft.h"

namespace lowering {

class BandCalls {
public:
    /// `scratch`: per operator, its tensors in the Program; `ops`: takes the new records. All must
    /// outlive it.
    BandCalls(const types::Graph& graph, const RowCalls& rows,
              const std::vector<std::vector<int32_t>>& scratch, ProgramDraft& draft,
              std::vector<runtime::OpRecord>& ops)
        : m_graph(graph), m_rows(rows), m_scratch(scratch), m_draft(draft), m_ops(ops) {}

    /// The op of a step that is not of a whole operator; `call`: RowCalls::callOf.
    uint16_t add(const types::BandStep& step, int32_t call);

private:
    struct ParamBlocks {
        uint32_t params, arrays;
    };

    std::vector<int32_t> rowOperands(const types::BandStep& step, int32_t call);
    const ParamBlocks& paramsOf(int32_t call, int32_t op);
    bool sharesArrays(int32_t call, int32_t first) const;
    uint32_t feedParams(int32_t tensor);
    int32_t partAt(int64_t offset, int64_t bytes);
    const OpPlan& planOf(int32_t call) const { return m_rows.calls[static_cast<size_t>(call)]; }

    const types::Graph& m_graph;
    const RowCalls& m_rows;
    const std::vector<std::vector<int32_t>>& m_scratch;
    ProgramDraft& m_draft;
    std::vector<runtime::OpRecord>& m_ops;
    std::map<int32_t, ParamBlocks> m_params;  ///< per call
    std::map<int32_t, int32_t> m_firstCalls;  ///< per operator
    std::map<int32_t, uint32_t> m_feeds;      ///< per tensor: its parameters
    std::map<std::pair<int64_t, int64_t>, int32_t> m_parts;
    /// By operator, kernel, parameters and operands.
    std::map<std::tuple<uint32_t, uint16_t, uint32_t, std::vector<int32_t>>, uint16_t> m_known;
};

}  // namespace lowering
