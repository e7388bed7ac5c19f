// SPDX-License-Identifier: GPL-3.0-or-later
// search: the best variation under limits.

#include <cmath>

#include "progress_line.h"
#include "quality_output.h"
#include "search/best/find_best.h"
#include "search/space/space.h"
#include "stop_on_signal.h"
#include "store/sweep_database.h"
#include "sweep_flags.h"
#include "tflite/write.h"
#include "transform/document/variation_file.h"
#include "types/knob_domain.h"
#include "types/number_text.h"

namespace app {
namespace {

using namespace types;

constexpr Words<search::Strategy, 4> kStrategyWords = {
    {{"exhaustive", search::Strategy::Exhaustive},
     {"evolution", search::Strategy::Evolution},
     {"halving", search::Strategy::Halving},
     {"gradient", search::Strategy::Gradient}}};

struct SearchFlags : SweepFlags {
    std::vector<std::string> limits;
    std::string maximize, minimize, fitBy = "upper", output, strategy = "evolution";
    bool anyBoard = false;
    search::SearchOptions options;
};

Result<search::Goal> goalOf(const SearchFlags& flags) {
    search::Goal goal;
    const std::string& name = flags.maximize.empty() ? flags.minimize : flags.maximize;
    goal.objective = search::metricNamed(name);
    if (!goal.objective)
        return fail("is an unknown metric", "'" + name + "'",
                    "choose one of " + search::metricNames());
    if (goal.objective->moreIsBetter != !flags.maximize.empty())
        return fail("is better the other way round", "'" + name + "'",
                    goal.objective->moreIsBetter ? "maximize it" : "minimize it");
    for (const std::string& text : flags.limits) {
        auto limit = search::parseLimit(text);
        if (!limit) return tl::unexpected(limit.error());
        goal.limits.push_back(*limit);
    }
    goal.byUpper = flags.fitBy == "upper";
    goal.fitsBoard = !flags.anyBoard;
    return goal;
}

/// Figures of the model as written; its quality on samples that no candidate saw.
Json judgedJson(const search::JudgedPoint& judged, const search::BestFound& found) {
    Json json = pointJson(judged.point);
    if (!judged.quality) return json;
    Json& totals = json["totals"];
    const auto put = [&](const std::string& key, const std::optional<Estimate>& value) {
        if (!value) return;
        totals["search_" + key] = totals.contains(key) ? totals[key] : Json();
        totals[key] = value->value;
        totals[key + "_low"] = value->low;
        totals[key + "_high"] = value->high;
    };
    put("accuracy", judged.quality->top1);
    put("auc", judged.quality->auc);
    put("mean_squared_error", judged.quality->meanSquaredError);
    json["judged_on"] = found.judgedOn;
    json["judged_samples"] = judged.quality->samples;
    json["quality"] = toJson(judged.quality);
    json["original_quality"] = toJson(found.originalQuality);
    return json;
}

Json foundJson(const search::BestFound& found) {
    Json json = {{"best", found.best ? judgedJson(*found.best, found) : Json()},
                 {"front", Json::array()},
                 {"metrics", Json::array()},
                 {"evaluations", found.evaluations},
                 {"costed", found.costed},
                 {"hypervolume", found.hypervolume},
                 {"progress", Json::array()},
                 {"stopped", found.wasStopped}};
    if (!found.best) json["best_reason"] = found.reason;
    if (!found.best && found.nearest) json["nearest"] = pointJson(*found.nearest);
    for (const search::SweptPoint& point : found.front)
        json["front"].push_back(pointJson(point));
    for (const search::SweptMetric* metric : found.metrics)
        json["metrics"].push_back(metric->name);
    for (const search::SearchProgress& step : found.progress)
        json["progress"].push_back(
            {{"evaluations", step.evaluations}, {"hypervolume", step.hypervolume}});
    return json;
}

std::string foundText(const search::BestFound& found) {
    std::string text = std::to_string(found.costed) + " variations costed, " +
                       std::to_string(found.evaluations) + " evaluated, hypervolume " +
                       fixedText(found.hypervolume, 4) + (found.wasStopped ? ", stopped" : "") +
                       "\n";
    if (!found.best) {
        text += "no result: " + found.reason + "\n";
        if (found.nearest) text += "nearest:\n" + pointsText({*found.nearest}, found.metrics);
        return text;
    }
    text += "best: " + found.best->point.variation.label() + "\n";
    if (found.best->quality)
        text += "on the " + found.judgedOn + ", which no candidate saw: " +
                qualityText(*found.best->quality, found.originalQuality);
    return text + pointsText(found.front, found.metrics);
}

Result<void> write(const SearchFlags& flags, const search::BestFound& found) {
    if (flags.output.empty()) return {};
    if (!found.best)
        return fail(found.reason, flags.output, "loosen a limit, or give it more time");
    return tflite::write(*found.best->graph, flags.output);
}

Result<Output> runSearch(SearchFlags& flags) {
    const StopOnSignal signals;
    ProgressLine line;
    Work work = line.work();
    work.stop = signals.token();
    work.threads = flags.threads;
    flags.options.deadline = flags.deadline();
    flags.options.owner = workerName();
    flags.options.strategy = *choiceOf(kStrategyWords, flags.strategy);
    auto goal = goalOf(flags);
    if (!goal) return tl::unexpected(goal.error());
    flags.options.goal = std::move(*goal);
    auto subject = flags.subject();
    if (!subject) return tl::unexpected(subject.error());
    const auto space = flags.space.empty() ? search::Space::usual(subject->graph)
                                           : readSpace(flags.space, subject->graph);
    if (!space) return tl::unexpected(space.error());
    store::Patience patience;
    patience.stop = signals.token();
    auto database = store::openSweepStore(flags.database, store::IfMissing::Create, patience);
    if (!database) return tl::unexpected(database.error());
    const auto found = search::findBest(**database, databaseName(flags.database),
                                        std::move(*subject), *space, flags.options, work);
    if (!found) return tl::unexpected(found.error());
    if (auto written = write(flags, *found); !written) return tl::unexpected(written.error());
    return Output{foundJson(*found), foundText(*found)};
}

void addGoalFlags(CLI::App& command, SearchFlags& flags) {
    command
        .add_option("--limit", flags.limits,
                    "WHAT=VALUE, at most, or at least where more is better: sram=64KiB, "
                    "latency=100ms, energy=2mJ, accuracy=85%; WHAT is one of " +
                        search::metricNames())
        ->type_name("WHAT=VALUE");
    auto* most = command.add_option("--maximize", flags.maximize, "What is to be the most");
    auto* least = command.add_option("--minimize", flags.minimize, "What is to be the least");
    most->excludes(least);
    command
        .add_option("--fit-by", flags.fitBy,
                    "Whether a predicted figure fits by the upper end of its band or by its value")
        ->check(CLI::IsMember({"upper", "value"}))
        ->capture_default_str();
    command.add_flag("--any-size", flags.anyBoard,
                     "Variations need not fit the board's flash and SRAM");
}

}  // namespace

void addSearch(CLI::App& app, Context& context) {
    auto flags = std::make_shared<SearchFlags>();
    CLI::App* command = app.add_subcommand("search", "Find the best variation under limits");
    command->add_flag("--json", context.json, "Print one JSON document");
    flags->ModelFlags::addTo(*command)->required();
    flags->addSpaceTo(*command);
    flags->addDatabaseTo(*command);
    command->get_option("--db")->required();
    flags->SweepFlags::addTo(*command);
    addGoalFlags(*command, *flags);
    command->add_option("--strategy", flags->strategy, "How to search: " + listOf(kStrategyWords))
        ->check(CLI::IsMember({"exhaustive", "evolution", "halving", "gradient"}))
        ->capture_default_str();
    command->add_option("--seed", flags->options.seed, "Seed of the search")->capture_default_str();
    command->add_option("--population", flags->options.population, "Candidates that are kept")
        ->check(CLI::Range(4, 10'000))
        ->capture_default_str();
    command
        ->add_option("--evaluations", flags->options.evaluations,
                     "Variations that are evaluated at most; 0: no limit")
        ->check(CLI::Range(int64_t{0}, int64_t{1} << 40));
    command->add_option("-o,--output", flags->output, "Also write the best as a .tflite file");
    command->callback([flags, &context] {
        if (flags->maximize.empty() == flags->minimize.empty())
            throw CLI::RequiredError("--maximize or --minimize");
        context.finish(runSearch(*flags));
    });
}

}  // namespace app
