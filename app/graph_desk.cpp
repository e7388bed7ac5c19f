// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/graph_desk.h"

#include <algorithm>

#include "calibration/value_histograms.h"
#include "layout/draw_graph.h"
#include "scoring/sample_selection.h"

namespace app {
namespace {

/// Enough for the shape of a distribution, few enough to answer at once.
constexpr size_t kSamples = 32;
constexpr uint64_t kSeed = 1;

struct CountedValues {
    std::vector<types::ValueHistogram> histograms;
    QString text;  ///< what is missing; empty: nothing
};

/// Everything that a worker needs, by value.
struct ValueQuestion {
    types::EvaluationPtr evaluation;
    types::GraphPtr original;
    data::DatasetPtr data;
    views::OpPlace place;
};

QString messageOf(const types::Error& error) {
    return QString::fromStdString(error.message());
}

/// Samples as inputs of the varied model, whose input may have another size than the original's.
types::Result<calibration::RealInputsPtr> someInputs(const ValueQuestion& question) {
    types::Graph input;
    input.tensors = {scoring::inputFor(*question.original, *question.evaluation->graph)};
    input.inputs.assign(question.original->inputs.size(), 0);
    return scoring::realInputs(scoring::thinned(*question.data, kSamples, kSeed), input);
}

void addWeights(const types::Graph& graph, const types::Op& op, CountedValues& counted) {
    for (int32_t tensor : op.inputs) {
        // Histograms of a few numbers, such as shapes and axes, say nothing.
        constexpr int64_t kFewNumbers = 8;
        if (tensor < 0 || !graph.isConstant(tensor)) continue;
        if (graph.tensor(tensor).elements() < kFewNumbers) continue;
        if (auto histogram = calibration::constantHistogram(graph, tensor))
            counted.histograms.push_back(std::move(*histogram));
    }
}

/// Why activations are not counted; empty: they can be.
QString activationGap(const ValueQuestion& question) {
    if (question.place.subgraph != 0)
        return QObject::tr("Activations inside of subgraphs are not observed.");
    if (!question.evaluation->notRunnableReason.empty())
        return QObject::tr("Activations are unknown: %1")
            .arg(QString::fromStdString(question.evaluation->notRunnableReason));
    if (question.original->inputs.empty())
        return QObject::tr("Activations are unknown: the model has no input.");
    if (!question.data)
        return QObject::tr("Activations are unknown without data: choose some (Ctrl+D).");
    return {};
}

void addActivations(const ValueQuestion& question, const types::Op& op, CountedValues& counted,
                    const types::Work& work) {
    counted.text = activationGap(question);
    if (!counted.text.isEmpty()) return;
    const types::Graph& graph = *question.evaluation->graph;
    std::vector<int32_t> tensors;
    for (const auto* list : {&op.inputs, &op.outputs})
        for (int32_t tensor : *list)
            if (tensor >= 0 && !graph.isConstant(tensor) && !graph.tensor(tensor).isVariable &&
                std::ranges::count(tensors, tensor) == 0)
                tensors.push_back(tensor);
    const auto inputs = someInputs(question);
    if (!inputs) return void(counted.text = messageOf(inputs.error()));
    const auto histograms = calibration::activationHistograms(graph, tensors, **inputs, work);
    if (!histograms) return void(counted.text = messageOf(histograms.error()));
    counted.histograms.insert(counted.histograms.end(), histograms->begin(), histograms->end());
}

CountedValues valuesOf(const ValueQuestion& question, const types::Work& work) {
    CountedValues counted;
    const auto subgraph = static_cast<size_t>(question.place.subgraph);
    const types::Graph part = types::subgraphOf(*question.evaluation->graph, subgraph);
    const types::Op& op = part.ops[static_cast<size_t>(question.place.op)];
    addWeights(part, op, counted);
    if (!work.isStopped()) addActivations(question, op, counted, work);
    return counted;
}

}  // namespace

GraphDesk::GraphDesk(Explorer& explorer, views::GraphPage& page, QObject* parent)
    : QObject(parent), m_explorer(explorer), m_page(page) {
    connect(&page, &views::GraphPage::drawingRequested, this, &GraphDesk::draw);
    connect(&page, &views::GraphPage::valuesRequested, this, &GraphDesk::countValues);
}

void GraphDesk::draw(const types::EvaluationPtr& evaluation, const types::DrawingOptions& options) {
    using Drawn = types::Result<std::shared_ptr<const types::DrawnGraph>>;
    const auto verb = [evaluation, options](const types::Work& work) -> Drawn {
        auto drawn = layout::drawGraph(*evaluation->graph, options, work);
        if (!drawn) return tl::unexpected(drawn.error());
        return std::make_shared<const types::DrawnGraph>(std::move(*drawn));
    };
    m_drawing.start(verb, [this, evaluation](const Drawn& drawn) {
        if (drawn)
            m_page.setDrawing(evaluation, *drawn);
        else if (!drawn.error().isCancelled())
            m_page.showDrawingProblem(messageOf(drawn.error()));
    });
}

void GraphDesk::countValues(const types::EvaluationPtr& evaluation, views::OpPlace place) {
    const ValueQuestion question{evaluation, m_explorer.graph(), m_explorer.knobs().data, place};
    if (!question.original) return;
    const auto verb = [question](const types::Work& work) { return valuesOf(question, work); };
    m_counting.start(verb, [this, place](const CountedValues& counted) {
        m_page.setValues(place, counted.histograms, counted.text);
    });
}

}  // namespace app
