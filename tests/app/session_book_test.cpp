// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session_book.h"

#include <gtest/gtest.h>

#include <QTest>

#include "../views/sample_evaluation.h"

namespace {

using app::SessionBook;
using types::Session;

/// Every log holds one session "kws"; measuring gives one without a name.
app::SessionVerbs sameNames() {
    app::SessionVerbs verbs;
    verbs.measure = [](const auto&, const auto&, const types::Work&) -> types::Result<Session> {
        return Session{};
    };
    verbs.import = [](const auto&, const auto&) -> types::Result<std::vector<Session>> {
        Session session;
        session.name = "kws";
        return std::vector{session};
    };
    return verbs;
}

struct SessionBookTest : testing::Test {
    SessionBook book{sameNames()};

    std::vector<std::string> names() const {
        std::vector<std::string> names;
        for (const types::SessionPtr& session : book.sessions())
            names.push_back(session->name);
        return names;
    }
    void wait() {
        ASSERT_TRUE(QTest::qWaitFor([this] { return !book.job().isRunning(); }, 10000));
    }
};

// As importers number them: one name, one form.
TEST_F(SessionBookTest, NumbersSessionsOfOneName) {
    for (int i = 0; i < 3; ++i) {
        book.import("log.txt", {});
        wait();
    }
    EXPECT_EQ(names(), (std::vector<std::string>{"kws", "kws (2)", "kws (3)"}));
    book.remove({book.sessions()[1]});
    for (int i = 0; i < 2; ++i) {
        book.measure("host", {}, "kws");
        wait();
    }
    EXPECT_EQ(names(),
              (std::vector<std::string>{"kws", "kws (3)", "kws on host", "kws on host (2)"}));
}

TEST_F(SessionBookTest, PutsASessionInThePlaceOfItsName) {
    Session session;
    session.name = "cell";
    book.put(session);
    session.startedAt = "later";
    book.put(session);
    EXPECT_EQ(names(), std::vector<std::string>{"cell"});
    EXPECT_EQ(book.sessions()[0]->startedAt, "later");
}

}  // namespace
