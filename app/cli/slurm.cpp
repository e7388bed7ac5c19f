// SPDX-License-Identifier: GPL-3.0-or-later
#include "slurm.h"

#include <algorithm>
#include <cctype>
#include <sstream>

#include "runners/qemu_process.h"

namespace app {
namespace {

using namespace types;

constexpr double kPatienceS = 60;  // a busy slurmctld answers late

std::string firstLine(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

Result<std::string> outputOf(const std::vector<std::string>& words) {
    if (runners::findProgram(words[0]).empty())
        return types::fail(words[0] + " was not found", "PATH",
                           "submit on a machine where Slurm is installed");
    const auto ended = runners::runProcess(words, kPatienceS, {}, {});
    if (!ended) return tl::unexpected(ended.error());
    if (ended->silent)
        return types::fail(words[0] + " does not answer", "Slurm", "ask sinfo, and try again");
    if (ended->exitStatus != 0)
        return types::fail(words[0] + " fails: " + firstLine(ended->output), "Slurm",
                           "nothing was submitted");
    return ended->output;
}

/// "1234" or "1234;cluster" on a line of its own, which --parsable prints; warnings may stand
/// before it.
std::string jobIn(const std::string& output) {
    std::istringstream lines(output);
    std::string id;
    for (std::string line; std::getline(lines, line);) {
        const std::string number = line.substr(0, line.find(';'));
        const bool isNumber = !number.empty() && std::ranges::all_of(number, [](unsigned char c) {
            return std::isdigit(c) != 0;
        });
        if (isNumber) id = number;
    }
    return id;
}

std::string fieldOf(const std::string& record, const std::string& key) {
    const size_t at = record.find(" " + key + "=");
    if (at == std::string::npos) return {};
    const size_t begin = at + key.size() + 2;
    return record.substr(begin, record.find_first_of(" \n", begin) - begin);
}

/// Sum of the tasks of an array's records: "ArrayTaskId=5" or "ArrayTaskId=7-39%2".
int64_t tasksIn(const std::string& records) {
    int64_t tasks = 0;
    std::istringstream lines(records);
    for (std::string line; std::getline(lines, line);) {
        std::string ids = fieldOf(line, "ArrayTaskId");
        ids = ids.substr(0, ids.find('%'));
        std::istringstream parts(ids);
        for (std::string part; std::getline(parts, part, ',');) {
            const size_t dash = part.find('-');
            const int64_t first = std::atoll(part.c_str());
            const int64_t last =
                dash == std::string::npos ? first : std::atoll(part.c_str() + dash + 1);
            tasks += last - first + 1;
        }
    }
    return tasks;
}

}  // namespace

Result<SlurmLimits> readSlurmLimits(const std::string& partition) {
    const auto config = outputOf({"scontrol", "show", "config"});
    if (!config) return tl::unexpected(config.error());
    const auto partitions = outputOf({"scontrol", "show", "partition"});
    if (!partitions) return tl::unexpected(partitions.error());
    const auto cores = outputOf({"sinfo", "--noheader", "--format=%P %c"});
    if (!cores) return tl::unexpected(cores.error());
    return parseSlurmLimits(*config, *partitions, partition, *cores);
}

Result<SubmittedJob> submitToSlurm(const std::string& script, const ClusterRequest& request,
                                   const ClusterPlan& plan) {
    const auto submitted = outputOf({"sbatch", "--parsable", script});
    if (!submitted) return tl::unexpected(submitted.error());
    SubmittedJob job{jobIn(*submitted), {}};
    if (job.id.empty())
        return types::fail("sbatch tells no job: " + firstLine(*submitted), script,
                           "look with squeue whether it was submitted");
    const auto records = outputOf({"scontrol", "--oneliner", "show", "job", job.id});
    if (!records) return tl::unexpected(records.error());
    const int64_t tasks = tasksIn(*records);
    if (tasks != 0 && tasks != plan.tasks)
        return types::fail("Slurm made " + std::to_string(tasks) + " of " +
                               std::to_string(plan.tasks) + " workers",
                           "job " + job.id, "scancel it, and ask the administrators");
    const auto seconds = secondsOfSlurmTime(fieldOf(*records, "TimeLimit"));
    if (seconds && *seconds < request.workerSeconds)
        return types::fail("Slurm gives its workers " + slurmTime(*seconds) + " only, not " +
                               slurmTime(request.workerSeconds),
                           "job " + job.id, "scancel it, and ask for this --time");
    const std::string reason = fieldOf(*records, "Reason");
    if (reason != "None") job.waitsFor = reason;
    return job;
}

}  // namespace app
