// SPDX-License-Identifier: GPL-3.0-or-later
// Study: how many evaluations a search needs. Every network of a small space is evaluated, then the
// same limits are searched by evolution, and the hypervolumes of both fronts are compared.
#include "studies/search_efficiency.h"

#include <algorithm>

#include "search/best/find_best.h"
#include "search/space/knob_layers.h"
#include "search/sweep/memory_store.h"
#include "studies/figures.h"
#include "zoo/reference_models.h"

namespace studies {
namespace {

using namespace types;
using search::BestFound;

/// Groups whose width varies: four to the power of them networks, twice with two precisions.
constexpr size_t kGroups = 5;
constexpr size_t kMostBoards = 3;
constexpr int32_t kInputs = 8;
/// Of the original's need.
constexpr double kLatencyLimit = 0.7, kArenaLimit = 0.9;
/// Of the exhaustive evaluations.
constexpr double kAllowed = 0.05;
constexpr int32_t kPopulation = 16;
constexpr double kEnough = 0.95;

struct Case {
    GraphPtr model;
    DevicePtr board;
    BestFound truth, evolved;
    int64_t networks = 0;

    std::string name() const { return model->name + " on " + board->name; }
    double share(double volume) const {
        return truth.hypervolume > 0 ? volume / truth.hypervolume : 0;
    }
};

std::string spaceText(const GraphPtr& model) {
    auto layers = search::layersWithKnob(model, "width");
    if (layers.size() > kGroups) layers.resize(kGroups);
    std::string text = "{\"quantize\": {\"values\": [\"as-stored\", \"int8w4\"]}, \"layers\": {";
    for (size_t i = 0; i < layers.size(); ++i)
        text += (i > 0 ? ", " : "") + std::string("\"") + std::to_string(layers[i]) +
                "\": {\"width\": {\"values\": [0.25, 0.5, 0.75, 1]}}";
    return text + "}}";
}

Result<search::SearchOptions> optionsFor(const search::SweepSubject& subject) {
    const auto original = engine::evaluate(subject.graph, {}, subject.device, subject.options, {});
    if (!original) return tl::unexpected(original.error());
    const Totals& totals = (*original)->totals;
    search::SearchOptions options;
    options.owner = "study";
    options.population = kPopulation;
    options.goal.objective = search::metricNamed("sqnr");
    options.goal.byUpper = false;
    options.goal.fitsBoard = false;
    if (totals.latencyUs)
        options.goal.limits.push_back(
            {search::metricNamed("latency"), kLatencyLimit * totals.latencyUs->value});
    options.goal.limits.push_back(
        {search::metricNamed("arena"), kArenaLimit * static_cast<double>(totals.arenaBytes)});
    return options;
}

Result<BestFound> searched(const search::SweepSubject& subject, const search::Space& space,
                           search::SearchOptions options, search::Strategy strategy,
                           const Work& work) {
    options.strategy = strategy;
    search::MemorySweepStore store;
    return search::findBest(store, "memory", subject, space, options, work);
}

Result<Case> searchedCase(const GraphPtr& model, const DevicePtr& board, uint64_t seed,
                          const Work& work) {
    search::SweepSubject subject;
    subject.graph = model;
    subject.device = board;
    subject.options.samples = kInputs;
    const auto space = search::Space::parse(spaceText(model), model->name, model);
    if (!space) return tl::unexpected(space.error());
    auto options = optionsFor(subject);
    if (!options) return tl::unexpected(options.error());
    options->seed = seed;
    auto truth = searched(subject, *space, *options, search::Strategy::Exhaustive,
                          work.part(0, 0.9, "evaluating every network"));
    if (!truth) return tl::unexpected(truth.error());
    if (truth->wasStopped) return cancelled();
    options->evaluations =
        std::max<int64_t>(10, static_cast<int64_t>(kAllowed * static_cast<double>(truth->costed)));
    auto evolved = searched(subject, *space, *options, search::Strategy::Evolution,
                            work.part(0.9, 1, "evolving"));
    if (!evolved) return tl::unexpected(evolved.error());
    const int64_t networks = truth->costed;
    return Case{model, board, std::move(*truth), std::move(*evolved), networks};
}

StudySeries seriesOf(const Case& each, const std::string& name, const BestFound& found) {
    StudySeries series{name, false, {}};
    for (const search::SearchProgress& step : found.progress)
        series.points.push_back({name, static_cast<double>(step.evaluations),
                                 100 * each.share(step.hypervolume), std::nullopt});
    return series;
}

void addCase(const Case& each, Study& study) {
    StudyChart chart;
    chart.title = each.name();
    chart.x = {"Evaluations", "", true, {}};
    chart.y = {"Hypervolume of all", "%", false, {}};
    chart.series = {seriesOf(each, "exhaustive", each.truth),
                    seriesOf(each, "evolution", each.evolved)};
    study.charts.push_back(std::move(chart));
    for (const auto& [name, found] :
         {std::pair<std::string, const BestFound&>("exhaustive", each.truth),
          std::pair<std::string, const BestFound&>("evolution", each.evolved)})
        study.table.rows.push_back({each.model->name, each.board->name, name,
                                    static_cast<double>(each.networks),
                                    static_cast<double>(found.evaluations),
                                    100 * static_cast<double>(found.evaluations) /
                                        static_cast<double>(std::max<int64_t>(each.networks, 1)),
                                    found.hypervolume, 100 * each.share(found.hypervolume)});
    const auto reached =
        std::ranges::find_if(each.evolved.progress, [&](const search::SearchProgress& step) {
            return each.share(step.hypervolume) >= kEnough;
        });
    study.findings.push_back(
        each.name() + ": evolution attains " +
        percentText(100 * each.share(each.evolved.hypervolume), 3) + " of the hypervolume of all " +
        std::to_string(each.networks) + " networks with " +
        std::to_string(each.evolved.evaluations) + " evaluations" +
        (reached == each.evolved.progress.end()
             ? "."
             : ", and 95 % with " + std::to_string(reached->evaluations) + "."));
}

}  // namespace

Result<Study> searchEfficiency(const StudyRequest& request, const Work& work) {
    std::vector<GraphPtr> models = request.models;
    if (models.empty()) {
        auto keyword = zoo::keywordDsCnn(zoo::Precision::Int8);
        if (!keyword) return tl::unexpected(keyword.error());
        models.push_back(std::move(*keyword));
    }
    if (request.devices.empty())
        return fail("this study needs boards", "", "name one with --device");
    const size_t boards = std::min(request.devices.size(), kMostBoards);
    Study study;
    study.table.columns = {{"Model", ""},       {"Board", ""},
                           {"Strategy", ""},    {"Networks", ""},
                           {"Evaluations", ""}, {"of the networks", "%"},
                           {"Hypervolume", ""}, {"of the exhaustive", "%"}};
    const auto cases = static_cast<double>(models.size() * boards);
    double done = 0;
    for (const GraphPtr& model : models)
        for (size_t b = 0; b < boards; ++b, ++done) {
            const auto each = searchedCase(model, request.devices[b], request.seed,
                                           work.part(done / cases, (done + 1) / cases));
            if (!each) return tl::unexpected(each.error());
            addCase(*each, study);
        }
    study.limits = {
        "The quality is the SQNR against the original on " + std::to_string(kInputs) +
            " random inputs, without recovery or training; with data the order of networks "
            "differs.",
        "Widths of at most five channel groups vary, in four steps, with two precisions: spaces "
        "of a real search are larger, and nobody knows their truth.",
        "Costs of candidates are computed for many more than are evaluated: only evaluations with "
        "samples are counted.",
    };
    if (request.devices.size() > boards)
        study.limits.push_back("Only the first three boards are searched.");
    return study;
}

}  // namespace studies
