// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Common part of sweep and search: the flags that say what is varied, judged and stored, and the
// JSON of what they find.

#include <chrono>
#include <optional>
#include <string>

#include "command_context.h"
#include "dataset_flags.h"
#include "reserve_flags.h"
#include "search/space/space.h"
#include "search/sweep/run_sweep.h"
#include "variation_flags.h"

namespace app {

struct SweepFlags : ModelFlags {
    std::string space, device, database, objectives;
    ReserveFlags reserves;
    DatasetFlags data;
    VariationFlags training;
    int32_t samples = 0;
    int threads = types::machineThreads();
    double seconds = 0;  ///< of --time; 0: no limit

    /// Adds all but MODEL, --space and --db, which not every command requires.
    void addTo(CLI::App& command);
    void addSpaceTo(CLI::App& command);
    void addDatabaseTo(CLI::App& command);

    types::Result<search::SweepSubject> subject() const;
    /// Those named, or the usual ones.
    types::Result<std::vector<const search::SweptMetric*>> metrics(
        const search::SweepSubject& subject) const;
    std::optional<std::chrono::steady_clock::time_point> deadline() const;
};

/// Reads the document of a space.
types::Result<search::Space> readSpace(const std::string& path, const types::GraphPtr& graph);

/// "HOST:PID": names a worker in the database.
std::string workerName();

/// The database in messages: a file's name, but never a server's address.
std::string databaseName(const std::string& database);

/// "90s", "10m", "2h" in seconds. Throws CLI::ValidationError.
double parseTime(const std::string& flag, const std::string& text);

/// {"item", "label", "variation", "totals", "fits"}.
Json pointJson(const search::SweptPoint& point);
Json totalsJson(const search::Answer& answer);
Json statusJson(const sweep::SweepStatus& status);
/// The points as a table with the objectives in columns.
std::string pointsText(const std::vector<search::SweptPoint>& points,
                       const std::vector<const search::SweptMetric*>& objectives);

}  // namespace app
