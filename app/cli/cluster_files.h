// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The files that start workers on a cluster, from the templates in resources/cluster. Words of the
// command line are quoted, so that a path or a name is never read as a command.

#include <map>
#include <string>
#include <vector>

#include "cluster_plan.h"
#include "types/result.h"

namespace app {

struct SlurmOptions {
    std::string partition;
    std::vector<std::string> others;  ///< options of sbatch as they are: "--mem=2G"
};

struct KubernetesOptions {
    std::string image;
    std::string secret = "netcaliper-database";
    std::vector<std::string> volumes;  ///< CLAIM=PATH: data of the image's outside
};

/// `command`: the words of a worker's command line.
types::Result<std::string> slurmScript(const ClusterRequest& request, const ClusterPlan& plan,
                                       const SlurmOptions& options,
                                       const std::vector<std::string>& command);
/// `id`: of the sweep.
types::Result<std::string> kubernetesJob(const ClusterRequest& request, const ClusterPlan& plan,
                                         const KubernetesOptions& options, const std::string& id,
                                         const std::vector<std::string>& command);

/// The variables that workers get: where programs and libpq's files are. An Error where a password
/// stands in one, because Slurm keeps a job's variables.
types::Result<std::vector<std::string>> exportedVariables();

/// 'a word' for sh.
std::string shellQuoted(const std::string& word);

}  // namespace app
