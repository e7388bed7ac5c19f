// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/split.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <set>

namespace {

using data::Dataset;
using data::Parts;
using data::Sample;

Dataset datasetOf(const std::vector<int>& labels) {
    Dataset dataset;
    for (int label : labels)
        dataset.samples.push_back(Sample{"", label, {}});
    return dataset;
}

/// How often each label occurs in a part.
std::map<int, int> labelsOf(const Dataset& dataset, const std::vector<int32_t>& part) {
    std::map<int, int> counts;
    for (int32_t i : part)
        ++counts[dataset.samples[static_cast<size_t>(i)].label];
    return counts;
}

TEST(Split, PartsNeverOverlapAndSpreadEveryClass) {
    EXPECT_TRUE(rc::check("disjoint, complete, stratified", [] {
        const auto labels =
            *rc::gen::resize(200, rc::gen::container<std::vector<int>>(rc::gen::inRange(-1, 5)));
        RC_PRE(labels.size() >= 8);
        const double train = *rc::gen::element(0.0, 0.25, 0.6);
        const data::Shares shares{train, (1 - train) / 2, (1 - train) / 2};
        const Dataset dataset = datasetOf(labels);
        const auto parts = data::split(dataset, shares, *rc::gen::arbitrary<uint64_t>());
        RC_ASSERT(parts.has_value());
        std::vector<int32_t> all;
        for (const auto* part : {&parts->train, &parts->calibration, &parts->test})
            all.insert(all.end(), part->begin(), part->end());
        std::sort(all.begin(), all.end());
        RC_ASSERT(all.size() == labels.size());
        for (size_t i = 0; i < all.size(); ++i)
            RC_ASSERT(all[i] == static_cast<int32_t>(i));
        auto tests = labelsOf(dataset, parts->test);
        for (int label = -1; label < 5; ++label) {
            const auto own = std::count(labels.begin(), labels.end(), label);
            RC_ASSERT(std::abs(tests[label] - own * shares.test) <= 2.0);
        }
    }));
}

TEST(Split, TheSeedDecides) {
    const Dataset dataset = datasetOf(std::vector<int>(100, 0));
    EXPECT_EQ(data::split(dataset, {}, 1)->test, data::split(dataset, {}, 1)->test);
    EXPECT_NE(data::split(dataset, {}, 1)->test, data::split(dataset, {}, 2)->test);
    EXPECT_EQ(data::split(dataset, {}, 1)->test.size(), 50u);
}

TEST(Split, WindowsOfAFileStayTogether) {
    Dataset dataset;
    for (int32_t i = 0; i < 90; ++i) {
        Sample sample{"", i / 10 % 2, {}};
        sample.group = i / 10;
        dataset.samples.push_back(sample);
    }
    const auto parts = data::split(dataset, {}, 3);
    ASSERT_TRUE(parts);
    std::map<int32_t, int> partOf;
    for (int32_t i : parts->calibration)
        partOf[dataset.samples[static_cast<size_t>(i)].group] = 1;
    for (int32_t i : parts->test)
        EXPECT_NE(partOf[dataset.samples[static_cast<size_t>(i)].group], 1);
}

TEST(Split, SpeakersThatSayAllWordsStayTogetherAndSpreadEveryWord) {
    Dataset dataset;
    for (int speaker = 0; speaker < 40; ++speaker)
        for (int i = 0; i < 3 + speaker % 7; ++i)
            dataset.samples.push_back(
                Sample{"speaker" + std::to_string(speaker) + "_" + std::to_string(i) + ".wav",
                       (speaker + i * i) % 4,
                       {}});
    for (const uint64_t seed : {1, 2, 3}) {
        const auto parts = data::split(dataset, {0.7, 0.15, 0.15}, seed);
        ASSERT_TRUE(parts);
        std::map<std::string, std::set<int>> partsOf;
        const std::vector<int32_t>* const lists[] = {&parts->train, &parts->calibration,
                                                     &parts->test};
        const double shares[] = {0.7, 0.15, 0.15};
        for (int p = 0; p < 3; ++p) {
            for (int32_t i : *lists[p]) {
                const std::string& name = dataset.samples[size_t(i)].name;
                partsOf[name.substr(0, name.find('_'))].insert(p);
            }
            auto counts = labelsOf(dataset, *lists[p]);
            for (int label = 0; label < 4; ++label) {
                const auto own =
                    std::count_if(dataset.samples.begin(), dataset.samples.end(),
                                  [label](const Sample& sample) { return sample.label == label; });
                EXPECT_NEAR(counts[label], double(own) * shares[p], 3) << label << " in " << p;
            }
        }
        for (const auto& [speaker, found] : partsOf)
            EXPECT_EQ(found.size(), 1u) << speaker;
    }
    EXPECT_EQ(data::unitCount(dataset), 40u);
}

TEST(Split, OneSampleCannotBeSplit) {
    const auto parts = data::split(datasetOf({0}), {});
    ASSERT_FALSE(parts);
    EXPECT_EQ(parts.error().what, "too few samples to split (1)");
    EXPECT_FALSE(parts.error().remedy.empty());
}

TEST(Split, SharesMustSumToOne) {
    EXPECT_FALSE(data::split(datasetOf({0, 1, 2}), {0.5, 0.5, 0.5}));
    EXPECT_FALSE(data::split(datasetOf({0, 1, 2}), {-0.5, 0.5, 1}));
}

}  // namespace
