// SPDX-License-Identifier: GPL-3.0-or-later
#include "sweep_submit.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <set>

#include "bytes/write_file.h"
#include "cluster_files.h"
#include "drawn_sweep.h"
#include "progress_line.h"
#include "slurm.h"

namespace app {
namespace {

using namespace types;

struct SubmitFlags : SweepFlags {
    CLI::App* command = nullptr;
    bool toSlurm = false, toKubernetes = false, isDry = false;
    int64_t workers = 4;
    SlurmOptions slurm;
    KubernetesOptions kubernetes;
    std::string script;
    double leaseSeconds = 60;  ///< passed on to the workers

    SubmitFlags() { threads = 1; }
};

/// Options of submit that a worker does not take, or takes with another value.
bool isOfSubmit(const std::string& name) {
    static const std::set<std::string> names = {
        "--slurm",  "--kubernetes", "--dry-run", "--workers", "--threads", "--time", "--partition",
        "--sbatch", "--image",      "--secret",  "--volume",  "--script",  "--json", "--help"};
    return names.contains(name);
}

/// The worker's command line: the options of submit as they were given.
std::vector<std::string> workerWords(const SubmitFlags& flags) {
    std::error_code problem;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", problem);
    const bool isHere = flags.toSlurm && !problem;
    std::vector<std::string> words = {isHere ? self.string() : "netcaliper-cli", "sweep",
                                      flags.path, "--worker",
                                      "--threads=" + std::to_string(flags.threads)};
    // Kubernetes has no limit of time that it announces, so the worker watches the clock itself.
    if (flags.toKubernetes && flags.seconds > 0)
        words.push_back("--time=" + std::to_string(static_cast<int64_t>(flags.seconds)) + "s");
    for (const CLI::Option* option : flags.command->get_options()) {
        const std::string name = option->get_name();
        if (option->count() == 0 || option->get_positional() || isOfSubmit(name)) continue;
        if (option->get_items_expected_max() == 0)
            words.push_back(name);
        else
            for (const std::string& value : option->results())
                words.push_back(name + "=" + value);
    }
    return words;
}

Result<void> checkFlags(const SubmitFlags& flags) {
    if (!store::isServerAddress(flags.database))
        return types::fail("a file is for the workers of one machine", "--db " + flags.database,
                           "use a server: postgresql://HOST/DATABASE");
    if (flags.toSlurm && flags.seconds == 0)
        return types::fail("a worker's time is missing, and Slurm would choose one", "--time",
                           "say how long each worker may run: --time 2h");
    if (flags.toKubernetes && flags.kubernetes.image.empty())
        return types::fail("the image of the workers is missing", "--image",
                           "name an image that holds netcaliper-cli");
    return store::checkServerAddress(flags.database);
}

Json planJson(const DrawnSweep& drawn, const ClusterRequest& request, const ClusterPlan& plan) {
    return {{"sweep", drawn.spec.id},
            {"distinct", request.variations},
            {"seconds_each", request.secondsEach},
            {"workers", request.workers},
            {"tasks", plan.tasks},
            {"threads", request.threads},
            {"core_hours", plan.coreHours},
            {"seconds", plan.seconds}};
}

Result<Output> submitSlurm(const SubmitFlags& flags, const DrawnSweep& drawn,
                           const ClusterRequest& request, const ClusterPlan& plan) {
    const auto limits = readSlurmLimits(flags.slurm.partition);
    if (!limits) return tl::unexpected(limits.error());
    if (auto kept = checkAgainst(*limits, request, plan); !kept)
        return tl::unexpected(kept.error());
    const auto script = slurmScript(request, plan, flags.slurm, workerWords(flags));
    if (!script) return tl::unexpected(script.error());
    Output output{planJson(drawn, request, plan), plan.text()};
    output.json["script"] = *script;
    if (flags.isDry) {
        output.text = *script;
        return output;
    }
    const auto begun =
        beginDrawnSweep(drawn, flags.database, store::IfMissing::Refuse, store::Patience());
    if (!begun) return tl::unexpected(begun.error());
    const std::string file = flags.script.empty()
                                 ? "netcaliper-sweep-" + drawn.spec.id.substr(0, 12) + ".sbatch"
                                 : flags.script;
    if (auto written = bytes::writeFile(file, *script); !written)
        return tl::unexpected(written.error());
    const auto job = submitToSlurm(file, request, plan);
    if (!job) return tl::unexpected(job.error());
    output.json["job"] = job->id;
    output.json["waits_for"] = job->waitsFor.empty() ? Json() : Json(job->waitsFor);
    output.json["file"] = file;
    output.text += "job " + job->id + ", script " + file +
                   (job->waitsFor.empty() ? "" : ", waits for: " + job->waitsFor) + "\n";
    return output;
}

Result<Output> printKubernetes(const SubmitFlags& flags, const DrawnSweep& drawn,
                               const ClusterRequest& request, const ClusterPlan& plan) {
    const auto job =
        kubernetesJob(request, plan, flags.kubernetes, drawn.spec.id, workerWords(flags));
    if (!job) return tl::unexpected(job.error());
    Output output{planJson(drawn, request, plan), *job};
    output.json["manifest"] = *job;
    std::fprintf(stderr, "%s", plan.text().c_str());
    return output;
}

Result<Output> submit(const SubmitFlags& flags) {
    if (auto checked = checkFlags(flags); !checked) return tl::unexpected(checked.error());
    ProgressLine line;
    const auto drawn = drawSweep(flags, line.work());
    if (!drawn) return tl::unexpected(drawn.error());
    ClusterRequest request;
    request.variations = std::ssize(drawn->space.variations);
    request.secondsEach = secondsEach(*drawn);
    request.workers = flags.workers;
    request.threads = flags.threads;
    request.workerSeconds = flags.seconds;
    const auto plan = planCluster(request);
    if (!plan) return tl::unexpected(plan.error());
    return flags.toSlurm ? submitSlurm(flags, *drawn, request, *plan)
                         : printKubernetes(flags, *drawn, request, *plan);
}

void addClusterFlags(CLI::App& command, SubmitFlags& flags) {
    auto* where = command.add_option_group("where");
    where->add_flag("--slurm", flags.toSlurm, "Submit an array of workers with sbatch");
    where->add_flag("--kubernetes", flags.toKubernetes,
                    "Print an indexed Job for kubectl create -f -");
    where->require_option(1);
    command.add_option("--workers", flags.workers, "Workers at the same time")
        ->check(CLI::Range(int64_t{1}, int64_t{1'000'000}))
        ->capture_default_str();
    command
        .add_option("--lease", flags.leaseSeconds,
                    "Seconds after which others may take what a silent worker has begun")
        ->check(CLI::Range(1.0, 86'400.0))
        ->capture_default_str();
    command.add_flag("--dry-run", flags.isDry, "Print the script and submit nothing");
    command.add_option("--partition", flags.slurm.partition, "Slurm's partition");
    command.add_option("--sbatch", flags.slurm.others,
                       "More options of sbatch in one word each: --sbatch=--mem=2G");
    command.add_option("--script", flags.script,
                       "Where the script is kept; netcaliper-sweep-ID.sbatch if not said");
    command.add_option("--image", flags.kubernetes.image, "Container image with netcaliper-cli");
    command
        .add_option("--secret", flags.kubernetes.secret,
                    "Kubernetes secret with libpq's service file, pg_service.conf")
        ->capture_default_str();
    command.add_option("--volume", flags.kubernetes.volumes,
                       "Data for the workers, CLAIM=PATH: a persistent volume claim");
}

}  // namespace

void addSweepSubmit(CLI::App& sweepCommand, Context& context) {
    auto flags = std::make_shared<SubmitFlags>();
    flags->command =
        addCommand(sweepCommand, context, "submit", "Start workers of a sweep on a cluster",
                   [flags] { return submit(*flags); });
    flags->ModelFlags::addTo(*flags->command)->required();
    flags->addSpaceTo(*flags->command);
    flags->addDatabaseTo(*flags->command);
    for (const char* name : {"--space", "--db"})
        flags->command->get_option(name)->required();
    flags->SweepFlags::addTo(*flags->command);
    addClusterFlags(*flags->command, *flags);
}

}  // namespace app
