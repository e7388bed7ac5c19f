// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Slurm's own programs: what a cluster allows, and the submission of a script. Every exit status is
// checked, and a submission counts only with the number of its job.

#include <string>

#include "cluster_plan.h"
#include "types/result.h"

namespace app {

/// Asks scontrol and sinfo. `partition`: empty for the default one.
types::Result<SlurmLimits> readSlurmLimits(const std::string& partition);

struct SubmittedJob {
    std::string id;        ///< "1234"
    std::string waitsFor;  ///< Slurm's reason; empty: it runs, or is over
};

/// An Error where sbatch refuses, or Slurm changed the number of tasks or their time.
types::Result<SubmittedJob> submitToSlurm(const std::string& script, const ClusterRequest& request,
                                          const ClusterPlan& plan);

}  // namespace app
