// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The work of a sweep in the window: what it draws, its queue file, and its answers as points.
// Thread rules: workers call these; every call opens the queue for itself.

#include <filesystem>
#include <functional>

#include "search/space/draw_space.h"
#include "search/sweep/sweep_subject.h"
#include "views/models/point_store.h"

namespace app {

struct SweepMaterial {
    search::SweepSubject subject;
    std::string owner;  ///< names this process among the workers of a queue
};

/// What a sweep will try.
struct DrawnMaterial {
    SweepMaterial material;
    search::DrawnSpace space;
    sweep::Spec spec;
};

types::Result<DrawnMaterial> drawMaterial(const SweepMaterial& material, const std::string& space,
                                          const types::Work& work);

/// Mean seconds of one variation on one thread: evaluates `most` of them, spread over the space,
/// for at most about `seconds`.
double secondsEach(const DrawnMaterial& drawn, size_t most, double seconds,
                   const types::Work& work);

/// Receives where the sweep stands, and the points that are new.
using SweepNews = std::function<void(const sweep::SweepStatus&, std::vector<views::NewPoint>)>;

/// Begins the sweep in `folder`, or goes on with it, until it is done or the work is stopped.
types::Result<void> workThrough(const DrawnMaterial& drawn, const std::filesystem::path& folder,
                                const types::Work& work, const SweepNews& tell);

/// A sweep that was begun earlier.
struct FoundSweep {
    std::string space;
    sweep::SweepStatus status;
    std::vector<views::NewPoint> points;
};

/// Finds the sweeps of this model, board and data; others, and damaged files, are passed over.
/// Always true.
bool readSweeps(const SweepMaterial& material, const std::vector<std::filesystem::path>& folders,
                const types::Work& work, const std::function<void(FoundSweep)>& tell);

}  // namespace app
