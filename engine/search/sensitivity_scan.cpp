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
#include "lowering/batch.h"
#include "lowering/requirements.h"
#include "scoring/score.h"
#include "tflite/write.h"
#include "transform/apply.h"
#include "transform/recovery/layer_weights.h"
#include "types/number_text.h"

namespace search {
namespace {

using namespace types;

struct Costs {
    int64_t bytes = 0, macs = 0;
    std::optional<double> latencyUs;
};

/// A change that could be made, waiting to be run.
struct Trial {
    size_t row;      ///< whose figures it gives
    GraphPtr graph;  ///< the varied model
    size_t prefix;   ///< operators that are as in the original
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

/// Lowest ratio first; where nothing differs, and problems, last.
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
    Scan(const GraphPtr& graph, const SensitivityOptions& options, std::stop_token stop,
         const std::function<void(double, const char*)>& progress)
        : m_graph(graph), m_options(options), m_stop(std::move(stop)), m_progress(progress) {}

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
        m_judged = *dataset;
        if (!m_options.precisions.empty() && !isQuantized(*m_graph))
            if (auto parted = partSamples(*dataset); !parted) return parted;
        m_judged = scoring::thinned(m_judged, most, 1);
        auto inputs = scoring::realInputs(m_judged, *m_graph);
        if (!inputs) return tl::unexpected(inputs.error());
        m_inputs = *inputs;
        m_scan.source = m_inputs->source;
        const auto task = scoring::taskOf(*m_graph, m_judged);
        if (!task) return tl::unexpected(task.error());
        m_task = *task;
        return {};
    }

    /// Takes the samples that calibrate away from those that judge.
    Result<void> partSamples(const data::Dataset& dataset) {
        const auto count = static_cast<double>(dataset.samples.size());
        const double share = std::min(0.5, m_options.calibrationSamples / count);
        const auto parts = data::split(dataset, {0, share, 1 - share});
        if (!parts) return tl::unexpected(parts.error());
        auto inputs = scoring::realInputs(
            data::select(dataset, parts->calibration, "calibration part"), *m_graph);
        if (!inputs) return tl::unexpected(inputs.error());
        m_calibration = *inputs;
        m_judged = data::select(dataset, parts->test, "without those that calibrate");
        return {};
    }

    Costs costsOf(const Graph& graph) const {
        Costs costs;
        costs.bytes = static_cast<int64_t>(tflite::writeBytes(graph).size());
        for (const Op& op : graph.ops)
            costs.macs += analysis::countMacs(graph, op);
        if (!m_options.device) return costs;
        const auto latencyUs = cost::Predictor(m_options.device).predict(graph).latencyUs;
        if (latencyUs) costs.latencyUs = latencyUs->value;
        return costs;
    }

    /// One row for each change of each layer with weights.
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
            if (!tell(0.3 * static_cast<double>(r) / static_cast<double>(m_scan.rows.size()), row))
                return fail("cancelled");
            auto varied = applyAlone(row);
            if (!varied)
                row.problem = varied.error().message();
            else if (varied->graph == m_graph)
                row.problem = "changes nothing";
            else
                addTrial(r, varied->graph);
        }
        // The run of the original moves forward from one to the next.
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
        transform::ApplyContext context;
        context.calibration = m_calibration;
        context.stop = m_stop;
        return transform::apply(m_graph, variation, context);
    }

    void addTrial(size_t r, const GraphPtr& varied) {
        LayerSensitivity& row = m_scan.rows[r];
        if (const auto runnable = lowering::checkRunnable(*varied); !runnable) {
            row.problem = runnable.error().message();
            return;
        }
        const Costs costs = costsOf(*varied);
        row.savedFlashBytes = m_costs.bytes - costs.bytes;
        row.savedMacs = m_costs.macs - costs.macs;
        if (m_costs.latencyUs && costs.latencyUs)
            row.savedLatencyUs = *m_costs.latencyUs - *costs.latencyUs;
        m_trials.push_back({r, varied, diagnosis::commonPrefix(*m_graph, *varied)});
    }

    Result<void> runOriginal() {
        auto answers = scoring::runOnSamples(*m_graph, *m_inputs, m_options.threads, m_stop);
        if (!answers) return tl::unexpected(answers.error());
        m_original = std::move(*answers);
        m_scan.samples = static_cast<int32_t>(m_original.size());
        if (const auto quality = rate(m_original)) m_scan.originalAccuracy = quality->top1;
        return {};
    }

    Result<void> runTrials() {
        diagnosis::Boundary boundary(*m_graph, *m_inputs, m_options.threads);
        for (size_t t = 0; t < m_trials.size(); ++t) {
            const Trial& trial = m_trials[t];
            LayerSensitivity& row = m_scan.rows[trial.row];
            const double share = static_cast<double>(t) / static_cast<double>(m_trials.size());
            if (!tell(0.3 + 0.7 * share, row)) return fail("cancelled");
            if (auto moved = boundary.advanceTo(trial.prefix, m_stop); !moved) return moved;
            const auto answers = answerFrom(boundary, trial);
            if (!answers) return tl::unexpected(answers.error());
            note(*answers, row);
        }
        return {};
    }

    /// What the varied model gives for every sample: only its rest is run.
    Result<scoring::ModelOutputs> answerFrom(const diagnosis::Boundary& boundary,
                                             const Trial& trial) const {
        const Graph rest = diagnosis::restOf(*trial.graph, trial.prefix);
        const auto sources = diagnosis::sameTensors(*m_graph, *trial.graph, rest.inputs);
        const auto execution = lowering::Execution::create(rest);
        if (!execution) return tl::unexpected(execution.error());
        scoring::ModelOutputs answers;
        answers.outputs.resize(boundary.samples());
        answers.firstSize = m_original.firstSize;
        lowering::BatchHooks hooks;
        hooks.fill = [&](size_t sample, lowering::Execution& e) -> Result<void> {
            for (size_t i = 0; i < sources.size(); ++i) {
                const auto bytes = boundary.bytes(sample, sources[i]);
                std::copy(bytes.begin(), bytes.end(), e.input(i).begin());
            }
            return {};
        };
        hooks.collect = [&](size_t sample, const lowering::Execution& e) {
            answers.outputs[sample] = scoring::outputsOf(rest, e);
        };
        auto ran =
            lowering::runBatch(*execution, boundary.samples(), m_options.threads, hooks, m_stop);
        if (!ran) return tl::unexpected(ran.error());
        if (m_stop.stop_requested()) return fail("cancelled");
        return answers;
    }

    void note(const scoring::ModelOutputs& answers, LayerSensitivity& row) const {
        const scoring::Agreement agreement = scoring::compareOutputs(*m_graph, m_original, answers);
        row.differs = answers.outputs != m_original.outputs;
        row.sqnrDb = agreement.sqnrDb;
        row.agreement = agreement.share;
        const auto quality = rate(answers);
        if (quality && quality->top1 && m_scan.originalAccuracy)
            row.accuracyLoss = m_scan.originalAccuracy->value - quality->top1->value;
    }

    /// Only a classifier has an accuracy to lose; the other figures take longer to find.
    std::optional<Quality> rate(const scoring::ModelOutputs& answers) const {
        if (m_task != Task::Classification) return std::nullopt;
        return score(m_task, m_judged, answers);
    }

    bool tell(double share, const LayerSensitivity& row) const {
        if (m_progress) m_progress(share, (row.layer + " " + row.label).c_str());
        return !m_stop.stop_requested();
    }

    const GraphPtr& m_graph;
    const SensitivityOptions& m_options;
    const std::stop_token m_stop;
    const std::function<void(double, const char*)>& m_progress;
    SensitivityScan m_scan;
    data::Dataset m_judged;
    Task m_task = Task::None;
    calibration::RealInputsPtr m_inputs, m_calibration;
    Costs m_costs;
    std::vector<Trial> m_trials;
    scoring::ModelOutputs m_original;
};

}  // namespace

Result<SensitivityScan> scanSensitivity(
    const GraphPtr& graph, const data::DatasetPtr& dataset, const SensitivityOptions& options,
    std::stop_token stop, const std::function<void(double share, const char* step)>& progress) {
    return Scan(graph, options, std::move(stop), progress).run(dataset);
}

}  // namespace search
