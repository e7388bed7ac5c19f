// SPDX-License-Identifier: GPL-3.0-or-later
#include "search/sensitivity_scan.h"

#include <algorithm>
#include <limits>

#include "analysis/count.h"
#include "analysis/real_values.h"
#include "calibration/model_inputs.h"
#include "cost/predict.h"
#include "diagnosis/boundary.h"
#include "diagnosis/prefix.h"
#include "footprint/footprint.h"
#include "lowering/batch.h"
#include "lowering/requirements.h"
#include "scoring/score.h"
#include "transform/apply.h"
#include "transform/recovery/layer_weights.h"
#include "types/number_text.h"

namespace search {
namespace {

using namespace types;

struct Costs {
    int64_t flashBytes = 0, macs = 0;
    std::optional<double> latencyUs;
};

/// A change that was made and waits to be run.
struct Trial {
    size_t row;      ///< index of its row
    GraphPtr graph;  ///< the varied model
    size_t prefix;   ///< number of leading operators equal to the original's
};

Precision precisionOf(const Graph& graph, const Op& op, size_t weights) {
    const Tensor& input = graph.tensor(op.input(0));
    const DataType stored = graph.tensor(op.input(weights)).type;
    if (input.type == DataType::Float32) return Precision::Float32;
    if (input.type == DataType::Int16) return Precision::Int16x8;
    return stored == DataType::Int4 ? Precision::Int8W4 : Precision::Int8;
}

bool isQuantized(const Graph& graph) {
    return std::any_of(graph.ops.begin(), graph.ops.end(), [&graph](const Op& op) {
        const int32_t t = op.output(0);
        return t >= 0 && graph.tensor(t).quantization.present() &&
               graph.tensor(t).type != DataType::Float32;
    });
}

/// Lowest ratio first; rows without a difference, and problems, last.
bool comesBefore(const LayerSensitivity& a, const LayerSensitivity& b) {
    const auto rank = [](const LayerSensitivity& row) {
        if (!row.problem.empty()) return 2;
        return row.differs ? 0 : 1;
    };
    if (rank(a) != rank(b)) return rank(a) < rank(b);
    return a.sqnrDb.value_or(-1e9) < b.sqnrDb.value_or(-1e9);
}

class Scan {
public:
    Scan(const GraphPtr& graph, const SensitivityOptions& options, const Work& work)
        : m_graph(graph), m_options(options), m_work(work) {}

    Result<SensitivityScan> run(const data::DatasetPtr& dataset) {
        if (auto runnable = lowering::checkRunnable(*m_graph); !runnable)
            return tl::unexpected(runnable.error());
        if (auto chosen = chooseInputs(dataset); !chosen) return tl::unexpected(chosen.error());
        m_costs = costsOf(*m_graph);
        listChanges();
        for (auto step : {&Scan::makeTrials, &Scan::runOriginal, &Scan::runTrials})
            if (auto done = (this->*step)(); !done) return tl::unexpected(done.error());
        std::stable_sort(m_scan.rows.begin(), m_scan.rows.end(), comesBefore);
        return std::move(m_scan);
    }

private:
    Result<void> chooseInputs(const data::DatasetPtr& dataset) {
        const auto most = static_cast<size_t>(std::max(m_options.samples, 1));
        if (!dataset) {
            m_inputs = calibration::randomInputs(*m_graph, m_options.samples, 1);
            m_scan.source = m_inputs->source;
            return {};
        }
        m_evaluated = *dataset;
        if (!m_options.precisions.empty() && !isQuantized(*m_graph))
            if (auto parted = partSamples(*dataset); !parted) return parted;
        m_evaluated = scoring::thinned(m_evaluated, most, 1);
        auto inputs = scoring::realInputs(m_evaluated, *m_graph);
        if (!inputs) return tl::unexpected(inputs.error());
        m_inputs = *inputs;
        m_scan.source = m_inputs->source;
        const auto task = scoring::taskOf(*m_graph, m_evaluated);
        if (!task) return tl::unexpected(task.error());
        m_task = *task;
        return {};
    }

    /// Separates calibration samples from evaluation samples.
    Result<void> partSamples(const data::Dataset& dataset) {
        const auto count = static_cast<double>(dataset.samples.size());
        const double share = std::min(0.5, m_options.calibrationSamples / count);
        const auto parts = data::split(dataset, {0, share, 1 - share});
        if (!parts) return tl::unexpected(parts.error());
        auto inputs = scoring::realInputs(
            data::select(dataset, parts->calibration, "calibration part"), *m_graph);
        if (!inputs) return tl::unexpected(inputs.error());
        m_calibration = *inputs;
        m_evaluated = data::select(dataset, parts->test, "without those that calibrate");
        return {};
    }

    Costs costsOf(const Graph& graph) const {
        Costs costs;
        const footprint::TflmNeeds tflm = footprint::tflmNeeds(graph);
        costs.flashBytes = m_options.device
                               ? footprint::of(graph, *m_options.device, tflm).flash.usedBytes
                               : tflm.fileBytes;
        for (const Op& op : graph.ops)
            costs.macs += analysis::countMacs(graph, op);
        if (!m_options.device) return costs;
        const auto latencyUs = cost::Predictor(m_options.device).predict(graph).latencyUs;
        if (latencyUs) costs.latencyUs = latencyUs->value;
        return costs;
    }

    /// Makes one row for each change of each layer with weights.
    void listChanges() {
        for (size_t op = 0; op < m_graph->ops.size(); ++op) {
            const auto weights = transform::weightOperand(*m_graph, op);
            if (!weights) continue;
            const Precision own = precisionOf(*m_graph, m_graph->ops[op], *weights);
            for (Precision precision : m_options.precisions) {
                if (precision == own) continue;
                LayerKnobs change;
                change.precision = precision;
                addRow(op, change, precisionName(precision));
            }
            LayerKnobs pruned;
            pruned.pruneChannels = m_options.pruneShare;
            if (m_options.pruneShare > 0)
                addRow(op, pruned,
                       percentText(100 * m_options.pruneShare, "%.3g") + " of channels");
        }
    }

    void addRow(size_t op, const LayerKnobs& change, std::string label) {
        LayerSensitivity row;
        row.op = static_cast<int32_t>(op);
        row.layer = opLabel(*m_graph, op);
        row.change = change;
        row.label = std::move(label);
        m_scan.rows.push_back(std::move(row));
    }

    Result<void> makeTrials() {
        for (size_t r = 0; r < m_scan.rows.size(); ++r) {
            LayerSensitivity& row = m_scan.rows[r];
            if (!begin(0.3 * static_cast<double>(r) / static_cast<double>(m_scan.rows.size()), row))
                return cancelled();
            auto varied = applyAlone(row);
            if (!varied)
                row.problem = varied.error().message();
            else if (varied->graph == m_graph)
                row.problem = "changes nothing";
            else
                addTrial(r, varied->graph);
        }
        // The run of the original advances from one to the next.
        std::stable_sort(m_trials.begin(), m_trials.end(),
                         [](const Trial& a, const Trial& b) { return a.prefix < b.prefix; });
        return {};
    }

    Result<transform::Varied> applyAlone(const LayerSensitivity& row) const {
        Variation variation;
        variation.channelMultiple = 1;
        variation.quantize = m_options.quantize;
        variation.quantize.precision = Precision::AsStored;
        variation.layers[m_graph->ops[static_cast<size_t>(row.op)].origin] = row.change;
        return transform::apply(m_graph, variation, {m_calibration, m_work.quiet()});
    }

    void addTrial(size_t r, const GraphPtr& varied) {
        LayerSensitivity& row = m_scan.rows[r];
        if (const auto runnable = lowering::checkRunnable(*varied); !runnable) {
            row.problem = runnable.error().message();
            return;
        }
        const Costs costs = costsOf(*varied);
        row.savedFlashBytes = m_costs.flashBytes - costs.flashBytes;
        row.savedMacs = m_costs.macs - costs.macs;
        if (m_costs.latencyUs && costs.latencyUs)
            row.savedLatencyUs = *m_costs.latencyUs - *costs.latencyUs;
        m_trials.push_back({r, varied, diagnosis::commonPrefix(*m_graph, *varied)});
    }

    Result<void> runOriginal() {
        auto outputs = scoring::runOnSamples(*m_graph, *m_inputs, m_work.quiet());
        if (!outputs) return tl::unexpected(outputs.error());
        m_original = std::move(*outputs);
        m_scan.samples = static_cast<int32_t>(m_original.size());
        if (const auto quality = rate(m_original)) m_scan.originalAccuracy = quality->top1;
        return {};
    }

    Result<void> runTrials() {
        diagnosis::Boundary boundary(*m_graph, *m_inputs);
        for (size_t t = 0; t < m_trials.size(); ++t) {
            const Trial& trial = m_trials[t];
            LayerSensitivity& row = m_scan.rows[trial.row];
            const double share = static_cast<double>(t) / static_cast<double>(m_trials.size());
            if (!begin(0.3 + 0.7 * share, row)) return cancelled();
            if (auto moved = boundary.advanceTo(trial.prefix, m_work.quiet()); !moved) return moved;
            const auto outputs = runRest(boundary, trial);
            if (!outputs) return tl::unexpected(outputs.error());
            note(*outputs, row);
        }
        return {};
    }

    /// Outputs of the varied model on every sample; runs only the part behind the common prefix.
    Result<scoring::ModelOutputs> runRest(const diagnosis::Boundary& boundary,
                                          const Trial& trial) const {
        const Graph rest = diagnosis::restOf(*trial.graph, trial.prefix);
        const auto sources = diagnosis::sameTensors(*m_graph, *trial.graph, rest.inputs);
        const auto execution = lowering::Execution::create(rest);
        if (!execution) return tl::unexpected(execution.error());
        scoring::ModelOutputs result;
        result.outputs.resize(boundary.samples());
        result.firstSize = m_original.firstSize;
        lowering::BatchHooks hooks;
        hooks.fill = [&](size_t sample, lowering::Execution& e) -> Result<void> {
            for (size_t i = 0; i < sources.size(); ++i) {
                const auto bytes = boundary.bytes(sample, sources[i]);
                std::copy(bytes.begin(), bytes.end(), e.input(i).begin());
            }
            return {};
        };
        hooks.collect = [&](size_t sample, const lowering::Execution& e) {
            result.outputs[sample] = scoring::outputsOf(rest, e);
        };
        auto ran = lowering::runBatch(*execution, boundary.samples(), hooks, m_work.quiet());
        if (!ran) return tl::unexpected(ran.error());
        return result;
    }

    void note(const scoring::ModelOutputs& outputs, LayerSensitivity& row) const {
        const scoring::Agreement agreement = scoring::compareOutputs(*m_graph, m_original, outputs);
        row.differs = outputs.outputs != m_original.outputs;
        row.sqnrDb = agreement.sqnrDb;
        row.agreement = agreement.share;
        const auto quality = rate(outputs);
        if (quality && quality->top1 && m_scan.originalAccuracy)
            row.accuracyLoss = m_scan.originalAccuracy->value - quality->top1->value;
    }

    /// Only a classifier has an accuracy; other figures take longer to compute.
    std::optional<Quality> rate(const scoring::ModelOutputs& outputs) const {
        if (m_task != scoring::Task::Classification) return std::nullopt;
        return score(m_task, m_evaluated, outputs);
    }

    /// Returns false when stopped.
    bool begin(double share, const LayerSensitivity& row) const {
        m_work.report(share, (row.layer + " " + row.label).c_str());
        return !m_work.isStopped();
    }

    const GraphPtr& m_graph;
    const SensitivityOptions& m_options;
    const Work& m_work;
    SensitivityScan m_scan;
    data::Dataset m_evaluated;
    scoring::Task m_task = scoring::Task::None;
    calibration::RealInputsPtr m_inputs, m_calibration;
    Costs m_costs;
    std::vector<Trial> m_trials;
    scoring::ModelOutputs m_original;
};

}  // namespace

Result<SensitivityScan> scanSensitivity(const GraphPtr& graph, const data::DatasetPtr& dataset,
                                        const SensitivityOptions& options, const Work& work) {
    return Scan(graph, options, work).run(dataset);
}

}  // namespace search
