// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/job.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <atomic>
#include <memory>

namespace {

using app::Job;

TEST(Job, WorksInAnotherThreadAndDeliversInThisOne) {
    Job job;
    QThread* worker = nullptr;
    QThread* receiver = nullptr;
    job.start([](const types::Work&) { return QThread::currentThread(); },
              [&](QThread* result) {
                  worker = result;
                  receiver = QThread::currentThread();
              });
    EXPECT_TRUE(job.isRunning());
    ASSERT_TRUE(QTest::qWaitFor([&] { return receiver != nullptr; }));
    EXPECT_NE(worker, receiver);
    EXPECT_EQ(receiver, QThread::currentThread());
    EXPECT_FALSE(job.isRunning());
}

TEST(Job, ANewStartStopsAndDropsTheOld) {
    Job job;
    std::vector<int> delivered;
    const auto deliver = [&delivered](int result) { delivered.push_back(result); };
    auto stopped = std::make_shared<std::atomic<bool>>(false);
    job.start(
        [stopped](const types::Work& work) {
            while (!work.isStopped())
                QThread::msleep(1);
            *stopped = true;
            return 1;
        },
        deliver);
    job.start([](const types::Work&) { return 2; }, deliver);
    ASSERT_TRUE(QTest::qWaitFor([&] { return stopped->load() && !delivered.empty(); }));
    QTest::qWait(20);
    EXPECT_EQ(delivered, std::vector<int>{2});
}

TEST(Job, CancelDropsTheResult) {
    Job job;
    bool isDelivered = false;
    QSignalSpy running(&job, &Job::runningChanged);
    job.start([](const types::Work&) { return 1; }, [&](int) { isDelivered = true; });
    job.cancel();
    QTest::qWait(50);
    EXPECT_FALSE(isDelivered);
    EXPECT_EQ(running.count(), 2);
}

TEST(Job, ReportsProgressSparingly) {
    Job job;
    bool isDone = false;
    QSignalSpy progress(&job, &Job::progressed);
    job.start(
        [](const types::Work& work) {
            for (int i = 0; i < 1000; ++i)
                work.report(i / 1000.0, "working");
            return 0;
        },
        [&](int) { isDone = true; });
    ASSERT_TRUE(QTest::qWaitFor([&] { return isDone; }));
    // At most one report per 50 ms: a loop that takes no time reports once, on a slow machine a few
    // times.
    EXPECT_GE(progress.count(), 1);
    EXPECT_LT(progress.count(), 100);
    EXPECT_EQ(progress[0][1].toString(), "working");
}

TEST(Job, DestroysWhileRunning) {
    auto started = std::make_shared<std::atomic<bool>>(false);
    {
        Job job;
        job.start(
            [started](const types::Work& work) {
                *started = true;
                while (!work.isStopped())
                    QThread::msleep(1);
                return 0;
            },
            [](int) { FAIL() << "delivered after the end"; });
        ASSERT_TRUE(QTest::qWaitFor([&] { return started->load(); }));
    }
    QTest::qWait(20);
}

TEST(Job, AVerbTellsOnTheWay) {
    Job job;
    std::vector<int> told;
    job.start(
        [&told](const types::Work&, const Job::Tell& tell) {
            for (int i = 1; i <= 2; ++i)
                tell([&told, i] { told.push_back(i); });
            return 3;
        },
        [&told](int result) { told.push_back(result); });
    ASSERT_TRUE(QTest::qWaitFor([&] { return told.size() == 3; }));
    EXPECT_EQ(told, (std::vector<int>{1, 2, 3}));
}

TEST(Job, WhatACancelledVerbTellsIsDropped) {
    Job job;
    bool isTold = false;
    job.start(
        [&isTold](const types::Work& work, const Job::Tell& tell) {
            while (!work.isStopped())
                QThread::msleep(1);
            tell([&isTold] { isTold = true; });
            return 0;
        },
        [](int) {});
    job.cancel();
    QTest::qWait(50);
    EXPECT_FALSE(isTold);
}

TEST(JobSwitch, PausesGoesOnAndFinishes) {
    const auto control = std::make_shared<app::JobSwitch>();
    const auto steps = std::make_shared<std::atomic<int>>(0);
    Job job;
    bool isDone = false;
    control->setPaused(true);
    job.start(
        [control, steps](const types::Work& work) {
            while (!control->isFinishAsked(work.stop) && !work.isStopped()) {
                ++*steps;
                QThread::msleep(1);
            }
            return steps->load();
        },
        [&isDone](int) { isDone = true; });
    QTest::qWait(30);
    EXPECT_EQ(steps->load(), 0);
    control->setPaused(false);
    ASSERT_TRUE(QTest::qWaitFor([&] { return steps->load() > 0; }));
    control->setPaused(true);
    EXPECT_TRUE(control->isPaused());
    control->finish();
    EXPECT_FALSE(control->isPaused());
    EXPECT_TRUE(QTest::qWaitFor([&] { return isDone; }));
}

TEST(JobSwitch, APausedVerbCanBeCancelled) {
    const auto control = std::make_shared<app::JobSwitch>();
    control->setPaused(true);
    const auto isOver = std::make_shared<std::atomic<bool>>(false);
    Job job;
    job.start(
        [control, isOver](const types::Work& work) {
            EXPECT_FALSE(control->isFinishAsked(work.stop));
            *isOver = true;
            return 0;
        },
        [](int) {});
    job.cancel();
    EXPECT_TRUE(QTest::qWaitFor([&] { return isOver->load(); }));
}

}  // namespace
