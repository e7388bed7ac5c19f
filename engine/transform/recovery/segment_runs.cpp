// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/recovery/segment_runs.h"

#include <algorithm>
#include <set>
#include <thread>

#include "analysis/real_values.h"
#include "lowering/batch.h"

namespace transform {

using types::Graph;
using types::OpKind;
using types::Result;

namespace {

bool sharesState(OpKind kind) {
    return kind == OpKind::CALL_ONCE || kind == OpKind::VAR_HANDLE ||
           kind == OpKind::READ_VARIABLE || kind == OpKind::ASSIGN_VARIABLE || kind == OpKind::IF ||
           kind == OpKind::WHILE;
}

/// Activations that operators from `place` on read and earlier ones or the inputs give.
std::vector<int32_t> readBehind(const Graph& graph, size_t place) {
    std::set<int32_t> given(graph.inputs.begin(), graph.inputs.end()), read;
    for (size_t i = 0; i < place; ++i)
        given.insert(graph.ops[i].outputs.begin(), graph.ops[i].outputs.end());
    for (size_t i = place; i < graph.ops.size(); ++i)
        for (int32_t input : graph.ops[i].inputs)
            if (given.contains(input)) read.insert(input);
    return {read.begin(), read.end()};
}

template <typename Visit>
void forSamples(size_t count, int threads, Visit visit) {
    const auto workers = static_cast<size_t>(std::max(threads, 1));
    const auto share = [&](size_t first) {
        for (size_t sample = first; sample < count; sample += workers)
            visit(sample);
    };
    std::vector<std::jthread> others;
    for (size_t i = 1; i < workers; ++i)
        others.emplace_back(share, i);
    share(0);
}

}  // namespace

SegmentRuns::SegmentRuns(const Graph& graph, const std::vector<calibration::RealSample>& samples,
                         int threads)
    : m_startsOver(
          std::ranges::any_of(graph.ops, [](const types::Op& op) { return sharesState(op.kind); })),
      m_live(graph.inputs),
      m_bytes(samples.size()) {
    forSamples(samples.size(), threads, [&](size_t sample) {
        for (size_t i = 0; i < m_live.size(); ++i)
            m_bytes[sample].push_back(
                analysis::encode(graph.tensor(m_live[i]), samples[sample][i]));
    });
}

Result<void> SegmentRuns::visit(const Graph& graph, size_t to, const std::vector<int32_t>& tensors,
                                const VisitBytes& visit, const types::Work& work) const {
    Graph segment = graph;
    segment.ops.assign(graph.ops.begin() + static_cast<ptrdiff_t>(m_place),
                       graph.ops.begin() + static_cast<ptrdiff_t>(std::max(to, m_place)));
    segment.inputs.clear();
    segment.outputs.clear();
    std::vector<size_t> fed;  // places in m_live
    for (size_t i = 0; i < m_live.size(); ++i)
        if (std::ranges::any_of(segment.ops, [&](const types::Op& op) {
                return std::ranges::count(op.inputs, m_live[i]) > 0;
            })) {
            segment.inputs.push_back(m_live[i]);
            fed.push_back(i);
        }
    std::vector<size_t> written;
    for (size_t i = 0; i < tensors.size(); ++i) {
        const auto kept = std::ranges::find(m_live, tensors[i]);
        if (kept == m_live.end()) {
            segment.outputs.push_back(tensors[i]);
            written.push_back(i);
            continue;
        }
        const auto place = static_cast<size_t>(kept - m_live.begin());
        forSamples(m_bytes.size(), work.threads,
                   [&](size_t sample) { visit(sample, i, m_bytes[sample][place]); });
    }
    if (written.empty()) return {};
    const auto execution = lowering::Execution::create(segment);
    if (!execution) return tl::unexpected(execution.error());
    lowering::BatchHooks hooks;
    hooks.fill = [&](size_t sample, lowering::Execution& e) -> Result<void> {
        for (size_t i = 0; i < fed.size(); ++i)
            std::copy_n(m_bytes[sample][fed[i]].data(), e.input(i).size(), e.input(i).data());
        return {};
    };
    hooks.collect = [&](size_t sample, const lowering::Execution& e) {
        for (size_t i = 0; i < written.size(); ++i)
            visit(sample, written[i], e.output(i));
    };
    return lowering::runBatch(*execution, m_bytes.size(), hooks, work);
}

Result<void> SegmentRuns::advance(const Graph& graph, size_t to, const types::Work& work) {
    if (m_startsOver || to <= m_place) return {};
    const std::vector<int32_t> live = readBehind(graph, to);
    std::vector<std::vector<Bytes>> bytes(m_bytes.size(), std::vector<Bytes>(live.size()));
    auto ran = visit(
        graph, to, live,
        [&](size_t sample, size_t i, std::span<const uint8_t> value) {
            bytes[sample][i].assign(value.begin(), value.end());
        },
        work);
    if (!ran) return ran;
    m_place = to;
    m_live = live;
    m_bytes = std::move(bytes);
    return {};
}

}  // namespace transform
