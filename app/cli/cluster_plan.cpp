// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster_plan.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <sstream>

#include "types/number_text.h"

namespace app {
namespace {

using namespace types;

/// Predictions of computing time are means of a few variations; this much more is provided for.
constexpr double kMargin = 1.5;

std::optional<int64_t> wholeIn(const std::string& text) {
    int64_t value = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    // sinfo prints "8+" where nodes differ.
    const bool ends = read.ptr == end || (read.ptr + 1 == end && *read.ptr == '+');
    if (read.ec != std::errc() || !ends) return std::nullopt;
    return value;
}

/// The value of "Key   = value" in a line of scontrol show config.
std::string configValue(const std::string& config, const std::string& key) {
    std::istringstream lines(config);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string name, equals, value;
        if (words >> name >> equals >> value && name == key && equals == "=") return value;
    }
    return {};
}

/// The paragraph of the partition, or of the default one where none is named; empty: none.
std::string paragraphOf(const std::string& partitions, const std::string& name) {
    const std::string wanted = name.empty() ? "Default=YES" : "PartitionName=" + name;
    std::string paragraph;
    std::istringstream lines(partitions + "\n\n");
    for (std::string line; std::getline(lines, line); paragraph += line + "\n") {
        if (!line.empty()) continue;
        std::istringstream words(paragraph);
        for (std::string word; words >> word;)
            if (word == wanted) return paragraph;
        paragraph.clear();
    }
    return {};
}

/// The value of Key=value among the words of scontrol show partition.
std::string wordValue(const std::string& text, const std::string& key) {
    std::istringstream words(text);
    for (std::string word; words >> word;)
        if (word.starts_with(key + "=")) return word.substr(key.size() + 1);
    return {};
}

std::string hoursText(double seconds) {
    return seconds < 5400 ? fixedText(seconds / 60, 0) + " min"
                          : fixedText(seconds / 3600, 1) + " h";
}

tl::unexpected<Error> refuse(const std::string& what, const std::string& remedy) {
    return types::fail(what, "Slurm", remedy);
}

}  // namespace

std::string ClusterPlan::text() const {
    return std::to_string(tasks) + (tasks == 1 ? " worker" : " workers") + ", about " +
           fixedText(coreHours, coreHours < 10 ? 3 : 0) + " core hours, about " +
           hoursText(seconds) + " once they run\n";
}

Result<ClusterPlan> planCluster(const ClusterRequest& request) {
    const double coreSeconds = static_cast<double>(request.variations) * request.secondsEach;
    const auto threads = static_cast<double>(request.threads);
    const auto workers = static_cast<double>(request.workers);
    ClusterPlan plan;
    plan.coreHours = coreSeconds / 3600;
    plan.seconds = std::max(coreSeconds / (threads * workers), request.secondsEach);
    plan.tasks = request.workers;
    if (request.workerSeconds == 0) return plan;
    const double useful = request.workerSeconds - kGraceSeconds;
    if (useful < 1.2 * request.secondsEach || useful <= 0)
        return types::fail("a worker of " + hoursText(request.workerSeconds) +
                               " ends before it finishes one variation (about " +
                               fixedText(request.secondsEach, 1) + " s, and " +
                               fixedText(kGraceSeconds, 0) + " s to hand back the rest)",
                           "--time", "give each worker more time");
    const double needed = std::ceil(kMargin * coreSeconds / (threads * useful));
    if (needed > 1e9) return types::fail("needs more than 1e9 workers", "--time", "give more time");
    plan.tasks = std::max(plan.tasks, static_cast<int64_t>(needed));
    return plan;
}

Result<void> checkAgainst(const SlurmLimits& limits, const ClusterRequest& request,
                          const ClusterPlan& plan) {
    const std::string tasks = std::to_string(plan.tasks) + " workers";
    if (limits.state != "UP" && !limits.state.empty())
        return refuse("the partition " + limits.partition + " is " + limits.state,
                      "choose another one with --partition");
    if (limits.arraySize && plan.tasks > *limits.arraySize)
        return refuse(tasks + " are more than an array may have here (MaxArraySize=" +
                          std::to_string(*limits.arraySize) + ")",
                      "give each worker more --time or --threads, or fewer --workers");
    if (limits.jobs && plan.tasks > *limits.jobs)
        return refuse(tasks + " are more jobs than may wait here (MaxJobCount=" +
                          std::to_string(*limits.jobs) + ")",
                      "give each worker more --time or --threads, or fewer --workers");
    if (limits.seconds && request.workerSeconds > *limits.seconds)
        return refuse("jobs of " + slurmTime(request.workerSeconds) +
                          " wait for ever in partition " + limits.partition +
                          " (MaxTime=" + slurmTime(*limits.seconds) + ")",
                      "ask for less --time: what is not finished goes on in the next worker");
    const auto cores = limits.coresOfNode ? limits.coresOfNode : limits.coresOfPartition;
    if (cores && request.threads > *cores)
        return refuse("no node of partition " + limits.partition + " has " +
                          std::to_string(request.threads) + " cores (the largest has " +
                          std::to_string(*cores) + ")",
                      "ask for fewer --threads and more --workers");
    return {};
}

Result<SlurmLimits> parseSlurmLimits(const std::string& config, const std::string& partitions,
                                     const std::string& name, const std::string& cores) {
    SlurmLimits limits;
    const std::string partition = paragraphOf(partitions, name);
    if (partition.empty())
        return types::fail(
            name.empty() ? "has no default partition" : "has no partition '" + name + "'", "Slurm",
            "choose one that sinfo lists with --partition");
    limits.arraySize = wholeIn(configValue(config, "MaxArraySize"));
    limits.jobs = wholeIn(configValue(config, "MaxJobCount"));
    if (!limits.arraySize || !limits.jobs)
        return types::fail("tells neither MaxArraySize nor MaxJobCount", "scontrol show config",
                           "submit where scontrol works");
    limits.partition = wordValue(partition, "PartitionName");
    limits.state = wordValue(partition, "State");
    limits.seconds = secondsOfSlurmTime(wordValue(partition, "MaxTime"));
    limits.coresOfPartition = wholeIn(wordValue(partition, "TotalCPUs"));
    std::istringstream words(cores);
    for (std::string listed, count; words >> listed >> count;) {
        const auto found = wholeIn(count);
        const bool isWanted = listed == limits.partition || listed == limits.partition + "*";
        if (found && isWanted)
            limits.coresOfNode = std::max(limits.coresOfNode.value_or(0), *found);
    }
    const auto most = wholeIn(wordValue(partition, "MaxCPUsPerNode"));
    if (most && limits.coresOfNode) limits.coresOfNode = std::min(*limits.coresOfNode, *most);
    return limits;
}

std::optional<double> secondsOfSlurmTime(const std::string& text) {
    double days = 0;
    std::string rest = text;
    if (const size_t dash = text.find('-'); dash != std::string::npos) {
        const auto whole = wholeIn(text.substr(0, dash));
        if (!whole) return std::nullopt;
        days = static_cast<double>(*whole);
        rest = text.substr(dash + 1);
    }
    double seconds = 0;
    std::istringstream parts(rest);
    int count = 0;
    for (std::string part; std::getline(parts, part, ':'); ++count) {
        const auto value = wholeIn(part);
        if (!value) return std::nullopt;
        seconds = 60 * seconds + static_cast<double>(*value);
    }
    if (count == 0 || count > 3) return std::nullopt;
    // Without days, one number is minutes; with them, hours come first.
    const bool hasDays = rest.size() != text.size();
    if (hasDays)
        for (int missing = count; missing < 3; ++missing)
            seconds *= 60;
    else if (count == 1)
        seconds *= 60;
    return 86'400 * days + seconds;
}

std::string slurmTime(double seconds) {
    const auto whole = static_cast<long long>(std::ceil(seconds));
    char text[48];
    std::snprintf(text, sizeof text, "%lld-%02lld:%02lld:%02lld", whole / 86'400, whole / 3600 % 24,
                  whole / 60 % 60, whole % 60);
    return text;
}

}  // namespace app
