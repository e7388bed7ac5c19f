// SPDX-License-Identifier: GPL-3.0-or-later
// sweep: tries the variations of a space, resumable, with any number of workers; sweep status:
// where it stands; sweep plan: what it would cost.

#include <algorithm>

#include "drawn_sweep.h"
#include "progress_line.h"
#include "stop_on_signal.h"
#include "sweep_flags.h"
#include "sweep_submit.h"
#include "types/number_text.h"

namespace app {
namespace {

using namespace types;

struct SweepCommandFlags : SweepFlags {
    bool isWorker = false;
    int64_t budget = 0;
    double leaseSeconds = 60;
};

Output outputOf(const DrawnSweep& drawn, const search::SweepRun& run,
                const search::SweptFront& front) {
    Output output;
    const auto points = front.points();
    output.json = {
        {"sweep", drawn.spec.id},
        {"items", drawn.space.items},
        {"distinct", drawn.space.variations.size()},
        {"done", run.status.done},
        {"failed", run.status.failed},
        {"running", run.status.running},
        {"open", run.status.open},
        {"stopped", run.wasStopped},
        {"evaluated", run.evaluated},
        {"different", run.different},
        {"rejected", front.rejected()},
        {"seconds", run.seconds},
        {"last_error", run.status.lastError.empty() ? Json() : Json(run.status.lastError)},
        {"objectives", Json::array()},
        {"front", Json::array()}};
    for (const search::SweptMetric* metric : front.objectives())
        output.json["objectives"].push_back(metric->name);
    for (const search::SweptPoint& point : points)
        output.json["front"].push_back(pointJson(point));
    const double minutes = std::max(run.seconds, 1e-9) / 60;
    output.text = std::to_string(drawn.space.items) + " variations, " +
                  std::to_string(drawn.space.variations.size()) + " distinct, " +
                  std::to_string(run.status.done) + " done, " + std::to_string(run.status.failed) +
                  " failed; " + std::to_string(run.evaluated) + " evaluated here in " +
                  fixedText(run.seconds, 1) + " s, " +
                  grouped(static_cast<int64_t>(static_cast<double>(run.evaluated) / minutes)) +
                  " a minute\n";
    if (run.different > 0)
        output.text += std::to_string(run.different) +
                       " answers differ from those stored before: computing is not repeatable\n";
    if (front.rejected() > 0)
        output.text += std::to_string(front.rejected()) +
                       " answers of the database are damaged and were left out\n";
    if (!run.status.lastError.empty()) output.text += "last error: " + run.status.lastError + "\n";
    if (run.wasStopped) output.text += "stopped; asking again resumes\n";
    output.text += "front:\n" + pointsText(points, front.objectives());
    return output;
}

Result<Output> runSweepCommand(const SweepCommandFlags& flags) {
    const StopOnSignal signals;
    ProgressLine line;
    Work work = line.work();
    work.stop = signals.token();
    work.threads = flags.threads;
    search::SweepRunOptions options;
    options.deadline = flags.deadline();
    auto drawn = drawSweep(flags, work);
    if (!drawn) return tl::unexpected(drawn.error());
    const auto objectives = flags.metrics(drawn->subject);
    if (!objectives) return tl::unexpected(objectives.error());
    store::Patience patience;
    patience.stop = signals.token();
    // Workers outlive a server's maintenance; a person is told soon.
    if (flags.isWorker) patience.firstSeconds = patience.laterSeconds;
    auto database = beginDrawnSweep(
        *drawn, flags.database,
        flags.isWorker ? store::IfMissing::Refuse : store::IfMissing::Create, patience, work);
    if (!database) return tl::unexpected(database.error());
    options.owner = workerName();
    options.leaseSeconds = flags.leaseSeconds;
    options.budget = flags.budget;
    search::SweptFront front(*objectives);
    const auto run = search::runSweep(**database, drawn->subject, options, front, work);
    if (!run) return tl::unexpected(run.error());
    return outputOf(*drawn, *run, front);
}

Result<Output> planSweep(const SweepCommandFlags& flags) {
    ProgressLine line;
    const auto drawn = drawSweep(flags, line.work());
    if (!drawn) return tl::unexpected(drawn.error());
    const double each = secondsEach(*drawn);
    const double seconds = each * static_cast<double>(drawn->space.variations.size());
    Output output;
    output.json = {{"sweep", drawn->spec.id},
                   {"items", drawn->space.items},
                   {"distinct", drawn->space.variations.size()},
                   {"seconds_each", each},
                   {"core_hours", seconds / 3600},
                   {"seconds_here", seconds / flags.threads}};
    output.text = std::to_string(drawn->space.items) + " variations, " +
                  std::to_string(drawn->space.variations.size()) + " distinct, about " +
                  fixedText(each, 3) + " s each: " + fixedText(seconds / 3600, 3) +
                  " core hours, " + fixedText(seconds / flags.threads / 60, 1) + " min here\n";
    return output;
}

Result<Output> sweepStatus(const SweepCommandFlags& flags) {
    auto database = store::openSweepStore(flags.database, store::IfMissing::Refuse);
    if (!database) return tl::unexpected(database.error());
    const auto spec = (*database)->spec();
    if (!spec) return tl::unexpected(spec.error());
    const auto status = (*database)->status();
    if (!status) return tl::unexpected(status.error());
    Output output;
    output.json = statusJson(*status);
    output.json["sweep"] = spec->id;
    output.text = std::to_string(status->items()) + " variations: " + std::to_string(status->done) +
                  " done, " + std::to_string(status->running) + " running, " +
                  std::to_string(status->open) + " open, " + std::to_string(status->failed) +
                  " failed\n";
    if (!status->lastError.empty()) output.text += "last error: " + status->lastError + "\n";
    for (const sweep::WorkerStatus& worker : status->workers)
        output.text += "  " + worker.owner + ": " + std::to_string(worker.done) + " done, " +
                       std::to_string(worker.running) + " running, silent for " +
                       fixedText(worker.silentSeconds, 0) + " s\n";
    return output;
}

void addWorkerFlags(CLI::App& command, SweepCommandFlags& flags) {
    command.add_flag("--worker", flags.isWorker,
                     "Work on a sweep that was begun, beside other workers");
    command
        .add_option("--budget", flags.budget, "Variations that this worker takes at most; 0: all")
        ->check(CLI::Range(int64_t{0}, int64_t{1} << 40));
    command
        .add_option("--lease", flags.leaseSeconds,
                    "Seconds after which others may take what a silent worker has begun")
        ->check(CLI::Range(1.0, 86'400.0))
        ->capture_default_str();
    command.add_option("--objectives", flags.objectives,
                       "What the front compares: a list of " + search::metricNames());
}

}  // namespace

void addSweep(CLI::App& app, Context& context) {
    auto flags = std::make_shared<SweepCommandFlags>();
    CLI::App* command = app.add_subcommand("sweep", "Try the variations of a space, resumable");
    command->add_flag("--json", context.json, "Print one JSON document");
    command->require_subcommand(0, 1);
    flags->ModelFlags::addTo(*command);
    flags->addSpaceTo(*command);
    flags->addDatabaseTo(*command);
    flags->SweepFlags::addTo(*command);
    addWorkerFlags(*command, *flags);
    command->callback([command, flags, &context] {
        if (!command->get_subcommands().empty()) return;
        for (const char* name : {"MODEL", "--space", "--db"})
            if (command->get_option(name)->count() == 0) throw CLI::RequiredError(name);
        context.finish(runSweepCommand(*flags));
    });
    addSweepSubmit(*command, context);
    CLI::App* status = addCommand(*command, context, "status", "Show where a sweep stands",
                                  [flags] { return sweepStatus(*flags); });
    status->add_option("--db", flags->database, "The database of the sweep")->required();
    auto planned = std::make_shared<SweepCommandFlags>();
    CLI::App* plan = addCommand(*command, context, "plan", "Show what a sweep would cost",
                                [planned] { return planSweep(*planned); });
    planned->ModelFlags::addTo(*plan)->required();
    planned->addSpaceTo(*plan);
    plan->get_option("--space")->required();
    planned->SweepFlags::addTo(*plan);
}

}  // namespace app
