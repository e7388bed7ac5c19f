// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Studies: the points that three papers made, reproduced from measurements, or from predictions
// where there are none, each with where it ends to hold.
//
// Sources: Lai, Suda, Chandra 2018, "Not All Ops Are Created Equal!"; Heim, Biri, Qu, Thiele 2021,
// "Measuring what Really Matters"; Banbury et al. 2021, "MicroNets".
//
// Thread rules: pure functions; long ones tell their progress and look at the stop token.

#include <functional>
#include <stop_token>

#include "studies/record.h"
#include "types/device_profile.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/study.h"
#include "zoo/search_space.h"

namespace studies {

/// Told now and then: the share done, 0 to 1, and what is under way.
using Progress = std::function<void(double share, const char* step)>;

/// `what` of the Error that a stopped study gives.
inline constexpr const char* kCancelled = "cancelled";

struct StudyInfo {
    const char *id, *title, *question;
    bool drawsNetworks = false;  ///< predicts networks drawn at random, not given models
};
const std::vector<StudyInfo>& allStudies();

struct StudyRequest {
    Records measured;  ///< may be empty
    /// Predicted beside what was measured; may be empty if something was.
    std::vector<types::DevicePtr> devices;
    /// Whose layers are predicted; empty: the reference models of the zoo.
    std::vector<types::GraphPtr> models;
    /// Spaces that random networks are drawn from; empty: all.
    std::vector<zoo::SearchSpace> spaces;
    int count = 50;  ///< networks of each space
    uint64_t seed = 1;
};

types::Result<types::Study> runStudy(const std::string& id, const StudyRequest& request,
                                     std::stop_token stop = {}, const Progress& progress = {});

}  // namespace studies
