// SPDX-License-Identifier: GPL-3.0-or-later
#include "cost/predict_bands.h"

#include <map>
#include <tuple>

#include "analysis/row_bands.h"

namespace cost {
namespace {

using types::BandStep;
using types::Estimate;
using types::Graph;
using types::RowSpan;

/// Kernel rows inside the image and clipped windows of output rows, as Workload counts them.
void setRows(Workload& w, RowSpan rows, int64_t padTop) {
    w.validRows = w.clippedRows = 0;
    for (int64_t row = rows.first; row < rows.end; ++row) {
        const int64_t first = row * w.strideHeight - padTop;
        int64_t valid = 0;
        for (int64_t tap = 0; tap < w.kernelHeight; ++tap) {
            const int64_t at = first + tap * w.dilationHeight;
            valid += at >= 0 && at < w.inHeight;
        }
        w.validRows += valid;
        w.clippedRows +=
            (first < 0) + (first + (w.kernelHeight - 1) * w.dilationHeight >= w.inHeight);
    }
}

Estimate scaled(const Estimate& estimate, double factor, double more) {
    return {estimate.value * factor + more, estimate.low * factor + more,
            estimate.high * factor + more};
}

/// Calls on as many rows with as much padding cost the same.
class BandCosts {
public:
    BandCosts(const Predictor& predictor, const Graph& graph, const Prediction& whole)
        : m_predictor(predictor),
          m_graph(graph),
          m_whole(whole),
          m_us(graph.ops.size(), 0),
          m_movedUs(graph.ops.size(), 0),
          m_runs(graph.ops.size(), false) {}

    void add(const BandStep& step, double clockMhz) {
        const auto op = static_cast<size_t>(step.op);
        if (step.kind == BandStep::Kind::Move || step.kind == BandStep::Kind::Feed) {
            const auto bytes = static_cast<double>(step.rows.count() *
                                                   analysis::rowBytes(m_graph.tensor(step.tensor)));
            m_movedUs[op] += bytes * kCyclesPerMovedByte / clockMhz;
            return;
        }
        m_runs[op] = true;
        m_us[op] += step.kind == BandStep::Kind::Operator ? wholeUs(op) : usOf(op, step.rows);
    }

    /// What operator `op` takes in bands, as a multiple of what it takes as a whole.
    double factor(size_t op) const {
        if (!m_runs[op]) return 1;  // folded: nothing runs in either
        return wholeUs(op) > 0 ? m_us[op] / wholeUs(op) : 1;
    }
    double movedUs(size_t op) const { return m_movedUs[op]; }

private:
    double wholeUs(size_t op) const {
        const auto& latency = m_whole.ops[op].latencyUs;
        return latency ? latency->value : 0;
    }

    double usOf(size_t op, RowSpan rows) {
        const types::Op& source = m_graph.ops[op];
        if (!m_rules.contains(op)) m_rules[op] = analysis::rowRule(m_graph, source);
        const auto& rule = m_rules[op];
        if (!rule) return 0;
        const int32_t height = m_graph.tensor(source.inputs[rule->inputs[0]]).shape[1];
        const auto key = std::tuple(op, rows.count(), rule->inputRows(rows, height).count(),
                                    rule->paddingAbove(rows));
        const auto [known, isNew] = m_known.try_emplace(key, 0);
        if (isNew) {
            const Workload w = workloadOfRows(m_graph, source, rows);
            const Prediction one = m_predictor.predict(std::vector<Workload>{w});
            known->second = one.latencyUs ? one.latencyUs->value : 0;
        }
        return known->second;
    }

    const Predictor& m_predictor;
    const Graph& m_graph;
    const Prediction& m_whole;
    std::vector<double> m_us, m_movedUs;  ///< per operator
    std::vector<bool> m_runs;
    std::map<size_t, std::optional<analysis::RowRule>> m_rules;
    /// By operator, rows of the output and of the inputs, and padding above.
    std::map<std::tuple<size_t, int32_t, int32_t, int32_t>, double> m_known;
};

/// The sum keeps the relative width of its band.
std::optional<Estimate> sumLike(const std::optional<Estimate>& whole, double value) {
    if (!whole) return std::nullopt;
    if (whole->value <= 0) return Estimate{value, value, value};
    return scaled(*whole, value / whole->value, 0);
}

}  // namespace

Workload workloadOfRows(const Graph& graph, const types::Op& op, RowSpan rows) {
    Workload w = workloadOf(graph, op);
    const auto rule = analysis::rowRule(graph, op);
    const int64_t height = graph.tensor(op.outputs[0]).shape[1], count = rows.count();
    if (!rule || count == height) return w;
    const int32_t inHeight = graph.tensor(op.inputs[rule->inputs[0]]).shape[1];
    const int64_t read = rule->inputRows(rows, inHeight).count();
    if (std::holds_alternative<types::WindowOptions>(op.options)) setRows(w, rows, w.padTop);
    w.padTop = std::max<int64_t>(0, w.padTop - int64_t{rows.first} * w.strideHeight);
    w.inputs = w.inputs / inHeight * read;
    w.outputs = w.outputs / height * count;
    w.macs = w.macs / height * count;
    if (w.outer >= height) w.outer = w.outer / height * count;
    if (w.outHeight == height) {
        w.inHeight = read;
        w.outHeight = count;
    } else {  // a matrix: its rows are the pixels
        w.batch = w.batch / height * count;
    }
    return w;
}

Prediction predictBands(const Predictor& predictor, const Graph& graph,
                        const types::BandPlan& plan) {
    const Prediction whole = predictor.predict(graph);
    Prediction result = whole;
    BandCosts costs(predictor, graph, whole);
    for (const BandStep& step : plan.steps)
        costs.add(step, predictor.clockMhz());
    double us = 0, uj = 0;
    for (size_t op = 0; op < result.ops.size(); ++op) {
        OpPrediction& entry = result.ops[op];
        if (!entry.latencyUs) continue;
        const Estimate before = *entry.latencyUs;
        entry.latencyUs = scaled(before, costs.factor(op), costs.movedUs(op));
        us += entry.latencyUs->value;
        if (!entry.energyUj) continue;
        const double growth = before.value > 0 ? entry.latencyUs->value / before.value : 1;
        entry.energyUj = scaled(*entry.energyUj, growth, 0);
        uj += entry.energyUj->value;
    }
    result.latencyUs = sumLike(whole.latencyUs, us);
    result.energyUj = sumLike(whole.energyUj, uj);
    return result;
}

}  // namespace cost
