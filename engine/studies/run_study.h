// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Studies: the findings of three papers, reproduced from measurements, or from predictions where
// there are none, each with the limits within which it holds; and what a model's accuracy costs
// (accuracy_front.h).
//
// Sources: Lai, Suda, Chandra 2018, "Not All Ops Are Created Equal!"; Heim, Biri, Qu, Thiele 2021,
// "Measuring what Really Matters"; Banbury et al. 2021, "MicroNets".
//
// Thread rules: pure functions.

#include "studies/accuracy_front.h"
#include "studies/record.h"
#include "types/device_profile.h"
#include "types/graph.h"
#include "types/result.h"
#include "types/study.h"
#include "types/work.h"
#include "zoo/search_space.h"

namespace studies {

struct StudyInfo {
    const char *id, *title, *question;
    bool drawsNetworks = false;  ///< predicts networks drawn at random, not given models
    bool judgesModel = false;    ///< runs variations of one model on data; takes long
};
const std::vector<StudyInfo>& allStudies();

struct StudyRequest {
    Records measured;  ///< may be empty
    /// Devices to predict on, beside the measurements; may be empty if something was measured.
    std::vector<types::DevicePtr> devices;
    /// Models to predict; empty: the reference models of the zoo.
    std::vector<types::GraphPtr> models;
    /// Search spaces to draw networks from; empty: all.
    std::vector<zoo::SearchSpace> spaces;
    int count = 50;  ///< networks of each space
    uint64_t seed = 1;
    FrontRequest front;  ///< of a study that judges a model
};

types::Result<types::Study> runStudy(const std::string& id, const StudyRequest& request,
                                     const types::Work& work = {});

}  // namespace studies
