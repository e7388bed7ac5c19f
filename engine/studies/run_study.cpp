// SPDX-License-Identifier: GPL-3.0-or-later
#include "studies/run_study.h"

#include <algorithm>

#include "studies/beside_heim.h"
#include "studies/predicted_records.h"
#include "studies/search_efficiency.h"
#include "studies/study_kinds.h"

namespace studies {
namespace {

using types::fail;
using types::Study;

struct Kind {
    StudyInfo info;
    /// Predicts records to add to the measured ones.
    types::Result<Records> (*predict)(const StudyRequest&, const types::Work&);
    types::Result<Study> (*conclude)(const Records&);
    /// In place of both: judges the model of the request.
    types::Result<Study> (*judge)(const FrontRequest&, const types::Work&) = nullptr;
    /// In place of all: answers from the whole request.
    types::Result<Study> (*answer)(const StudyRequest&, const types::Work&) = nullptr;
};

const std::vector<Kind>& kinds() {
    static const std::vector<Kind> all = {
        {{"op-types", "Operations are not equal",
          "Does a multiply-accumulate cost the same in every operator? Lai et al. 2018 found "
          "throughput and energy to differ up to five times on a Cortex-M7."},
         predictModels,
         opTypes},
        {{"linear-latency", "Latency is linear in operations",
          "Do operations tell the latency? Banbury et al. 2021 found a straight line, 0.95 < r2 < "
          "0.99, for random networks of one backbone."},
         predictMembers,
         linearLatency},
        {{"constant-power", "Power is nearly constant",
          "Is energy latency times one power? Banbury et al. 2021 found sigma/mu = 0.0073 over 400 "
          "networks of one backbone; Heim et al. 2021 a line a board, with more scatter on an M7."},
         predictPower,
         constantPower},
        {{"kernels", "Kernels, flags and frameworks",
          "How much do kernels, compiler flags and frameworks change, with the model the same? "
          "Heim et al. 2021: measure, because they interact."},
         predictModels,
         kernelsCompared},
        {{"kernels-compared", "A matrix beside Heim's",
          "What do kernels, precision and compiler flags change on each core, with the model the "
          "same? Heim et al. 2021 measured it on three boards; here their factors stand beside "
          "those "
          "of a measured matrix."},
         nullptr,
         nullptr,
         nullptr,
         besideHeim},
        {{"accuracy-front", "Accuracy and multiply-accumulates",
          "How small can this model become before it loses its accuracy, without and with "
          "training, "
          "in 8 and in 4 bits? Judged on samples that nothing was learned or chosen from."},
         nullptr,
         nullptr,
         accuracyFront},
        {{"search-efficiency", "A search needs few evaluations",
          "How near does a search come to the truth, and after how many evaluations? Banbury et "
          "al. 2021 searched networks under limits of flash, SRAM and latency; here every network "
          "of a small space is evaluated, too."},
         nullptr,
         nullptr,
         nullptr,
         searchEfficiency},
    };
    return all;
}

std::vector<std::string> sourcesOf(const Records& records) {
    constexpr size_t kMax = 6;
    std::vector<std::string> sources;
    for (const Record& record : records)
        if (!record.source.empty() && std::ranges::find(sources, record.source) == sources.end())
            sources.push_back(record.source);
    if (sources.size() > kMax) {
        const size_t others = sources.size() - kMax;
        sources.resize(kMax);
        sources.push_back("and " + std::to_string(others) + " more");
    }
    return sources;
}

types::Result<Study> studyOfRecords(const Kind& kind, const StudyRequest& request,
                                    const types::Work& work) {
    Records records = request.measured;
    if (!request.devices.empty()) {
        const auto predicted = kind.predict(request, work);
        if (!predicted) return tl::unexpected(predicted.error());
        records.insert(records.end(), predicted->begin(), predicted->end());
    }
    const auto sources = sourcesOf(records);
    const std::string common = takeCommonSetup(records);
    takeLoneSetups(records);
    auto study = kind.conclude(records);
    if (!study) return study;
    study->sources = sources;
    if (!common.empty()) study->sources.push_back("the same in all: " + common);
    return study;
}

}  // namespace

const std::vector<StudyInfo>& allStudies() {
    static const std::vector<StudyInfo> infos = [] {
        std::vector<StudyInfo> all;
        for (const Kind& kind : kinds()) {
            all.push_back(kind.info);
            all.back().judgesModel = kind.judge != nullptr;
            all.back().drawsNetworks = kind.predict && kind.predict != predictModels;
        }
        return all;
    }();
    return infos;
}

types::Result<Study> runStudy(const std::string& id, const StudyRequest& request,
                              const types::Work& work) {
    const auto kind = std::ranges::find_if(kinds(), [&](const Kind& k) { return id == k.info.id; });
    if (kind == kinds().end()) {
        std::string known;
        for (const StudyInfo& info : allStudies())
            known += (known.empty() ? "" : ", ") + std::string(info.id);
        return fail("unknown study", id, "choose one of " + known);
    }
    auto study = kind->judge    ? kind->judge(request.front, work)
                 : kind->answer ? kind->answer(request, work)
                                : studyOfRecords(*kind, request, work);
    if (!study) return study;
    study->id = kind->info.id;
    study->title = kind->info.title;
    study->question = kind->info.question;
    return study;
}

}  // namespace studies
