// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// How many workers a sweep needs on a cluster, and what Slurm allows. What Slurm would leave
// waiting for ever, cut or refuse is an Error before anything is submitted.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "types/result.h"

namespace app {

/// What is asked for.
struct ClusterRequest {
    int64_t variations = 0;    ///< distinct ones
    double secondsEach = 0;    ///< of one variation on one core
    int64_t workers = 1;       ///< at the same time
    int64_t threads = 1;       ///< cores of one worker
    double workerSeconds = 0;  ///< how long one worker may run; 0: until nothing is left
};

/// What `scontrol show config`, `scontrol show partition` and sinfo say; nothing: no limit.
struct SlurmLimits {
    std::optional<int64_t> arraySize, jobs, coresOfNode, coresOfPartition;
    std::optional<double> seconds;  ///< the partition's MaxTime
    std::string partition, state;
};

struct ClusterPlan {
    int64_t tasks = 1;     ///< workers in all, one after another where `workers` are fewer
    double coreHours = 0;  ///< expected for the variations
    double seconds = 0;    ///< expected from the first worker's begin to the last one's end
    std::string text() const;
};

/// Seconds that a worker is given after SIGTERM: the --signal of sweep.sbatch.
inline constexpr double kGraceSeconds = 120;

types::Result<ClusterPlan> planCluster(const ClusterRequest& request);
types::Result<void> checkAgainst(const SlurmLimits& limits, const ClusterRequest& request,
                                 const ClusterPlan& plan);

/// `config`, `partitions`: what scontrol prints; `name`: a partition, or empty for the default one;
/// `cores`: what sinfo prints for "%P %c".
types::Result<SlurmLimits> parseSlurmLimits(const std::string& config,
                                            const std::string& partitions, const std::string& name,
                                            const std::string& cores);

/// "90:00", "1-02:03:04"; nothing for UNLIMITED, or what is no time.
std::optional<double> secondsOfSlurmTime(const std::string& text);
std::string slurmTime(double seconds);

}  // namespace app
