// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/compare_with_original.h"

#include <algorithm>

#include "analysis/count.h"
#include "calibration/model_inputs.h"
#include "diagnosis/layer_errors.h"
#include "lowering/requirements.h"
#include "scoring/model_outputs.h"
#include "scoring/score.h"

namespace engine {
namespace {

using namespace types;
using calibration::RealInputsPtr;

/// Limit for the MACs of both models on all samples: about a quarter of a second with plain kernels
/// for random inputs, and likewise for layer errors.
constexpr int64_t kSampleMacs = 300'000'000;
/// Errors of layers converge with few samples.
constexpr size_t kLayerSamples = 16;

int64_t macsOf(const Graph& graph) {
    int64_t macs = 0;
    for (const Op& op : graph.ops)
        macs += analysis::countMacs(graph, op);
    return macs;
}

class OriginalComparison {
public:
    OriginalComparison(const Graph& original, const data::DatasetPtr& dataset,
                       const ComparisonOptions& options, Evaluation& e, const Work& work)
        : m_original(original),
          m_dataset(dataset),
          m_options(options),
          m_shared(options.shared ? *options.shared : m_own),
          m_e(e),
          m_work(work) {}

    Result<void> run() {
        if (const auto runnable = lowering::checkRunnable(*m_e.graph); !runnable) {
            m_e.notRunnableReason = runnable.error().message();
            return {};
        }
        m_compares = m_options.samples > 0 && !m_e.variation.isIdentity() &&
                     !m_original.outputs.empty() && lowering::checkRunnable(m_original).has_value();
        if (!m_dataset && !m_compares) return {};
        for (auto step : {&OriginalComparison::gatherInputs, &OriginalComparison::runModels,
                          &OriginalComparison::measureLayers})
            if (auto done = (this->*step)(); !done) return done;
        return {};
    }

private:
    /// Both models get the same samples where possible; a model with another input size gets them
    /// resized.
    Result<void> gatherInputs() {
        const bool resized = inputSizeChanged();
        if (!m_dataset) {
            m_inputs = m_originalInputs = m_shared.random(m_original, affordable(), m_options.seed);
            if (resized) m_compares = false;
            return {};
        }
        const auto task = scoring::taskOf(*m_e.graph, *m_dataset);
        if (!task) return tl::unexpected(task.error());
        m_task = *task;
        auto inputs = m_shared.inputs(m_dataset, m_original);
        if (!inputs) return tl::unexpected(inputs.error());
        m_inputs = m_originalInputs = *inputs;
        if (!resized) return {};
        Graph shaped = m_original;
        shaped.tensors[static_cast<size_t>(m_original.inputs[0])] =
            scoring::inputFor(m_original, *m_e.graph);
        auto own = m_shared.inputs(m_dataset, shaped);
        if (!own) return tl::unexpected(own.error());
        m_inputs = *own;
        return {};
    }

    Result<void> runModels() {
        if (!m_dataset && !m_compares) return {};
        const double share = m_compares ? 0.5 : 1.0;
        const auto varied =
            scoring::runOnSamples(*m_e.graph, *m_inputs, m_work.part(0, 0.9 * share));
        if (!varied) return tl::unexpected(varied.error());
        rate(*varied, m_e.quality);
        if (m_e.quality) {
            m_e.totals.accuracy = m_e.quality->top1;
            m_e.labelledSamples = m_e.quality->samples;
            m_e.labelledSource = m_dataset->name;
        }
        if (!m_compares) return {};
        const auto original =
            m_shared.outputs(m_original, m_originalInputs, m_work.part(0.45, 0.9));
        if (!original) return tl::unexpected(original.error());
        rate(**original, m_e.originalQuality);
        const scoring::Agreement agreement =
            scoring::compareOutputs(m_original, **original, *varied);
        m_e.totals.agreement = agreement.share;
        m_e.totals.sqnrDb = agreement.sqnrDb;
        m_e.samples = static_cast<int32_t>(varied->size());
        m_e.samplesSource = m_inputs->source;
        return {};
    }

    Result<void> measureLayers() {
        if (!m_options.layerErrors || !m_compares || m_inputs != m_originalInputs) return {};
        const auto pairs = diagnosis::pairsByOrigin(m_original, *m_e.graph);
        diagnosis::LayerErrorOptions options;
        options.samples = std::min<size_t>(kLayerSamples, static_cast<size_t>(affordable()));
        const auto errors = diagnosis::measureLayerErrors(m_original, *m_e.graph, pairs, *m_inputs,
                                                          options, m_work.part(0.9, 1.0));
        if (!errors) return tl::unexpected(errors.error());
        for (size_t p = 0; p < pairs.size(); ++p) {
            LayerEvaluation& layer = m_e.layers[pairs[p].varied];
            layer.error = (*errors)[p];
            layer.sqnrDb = layer.error->cumulative.sqnrDb;
        }
        return {};
    }

    bool inputSizeChanged() const {
        for (size_t i = 0; i < m_original.inputs.size(); ++i)
            if (m_original.tensor(m_original.inputs[i]).shape !=
                m_e.graph->tensor(m_e.graph->inputs[i]).shape)
                return true;
        return false;
    }

    int32_t affordable() const {
        const int64_t macs = std::max<int64_t>(macsOf(m_original) + macsOf(*m_e.graph), 1);
        const int64_t wanted = m_dataset ? static_cast<int64_t>(m_dataset->samples.size())
                                         : int64_t{m_options.samples};
        return static_cast<int32_t>(
            std::clamp<int64_t>(kSampleMacs / macs, 1, std::max<int64_t>(wanted, 1)));
    }

    void rate(const scoring::ModelOutputs& outputs, std::optional<Quality>& quality) const {
        if (m_dataset) quality = score(m_task, *m_dataset, outputs);
    }

    const Graph& m_original;
    const data::DatasetPtr& m_dataset;
    const ComparisonOptions& m_options;
    SharedOriginal m_own;
    SharedOriginal& m_shared;
    Evaluation& m_e;
    const Work& m_work;
    bool m_compares = false;  ///< the original runs, too
    scoring::Task m_task = scoring::Task::None;
    RealInputsPtr m_inputs, m_originalInputs;  ///< equal unless the input was resized
};

}  // namespace

Result<void> compareWithOriginal(const Graph& original, const data::DatasetPtr& dataset,
                                 const ComparisonOptions& options, Evaluation& e,
                                 const Work& work) {
    return OriginalComparison(original, dataset, options, e, work).run();
}

Result<std::optional<Quality>> qualityOf(const Graph& original, const Graph& varied,
                                         const data::Dataset& dataset, const Work& work) {
    const auto task = scoring::taskOf(varied, dataset);
    if (!task) return tl::unexpected(task.error());
    const auto inputs = scoring::realInputs(dataset, original);
    if (!inputs) return tl::unexpected(inputs.error());
    const auto outputs = scoring::runOnSamples(varied, **inputs, work);
    if (!outputs) return tl::unexpected(outputs.error());
    std::optional<Quality> quality = scoring::score(*task, dataset, *outputs);
    if (quality) quality->source = (*inputs)->source;
    return quality;
}

}  // namespace engine
