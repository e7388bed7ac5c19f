// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The tests of sweep_contract_test.cpp run on every kind of database. A backend gives a fresh,
// empty database; each opening of it is a worker of its own.

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "sweep/sweep_store.h"

namespace sweep_contract {

/// One empty database, which goes away with the object.
class Database {
public:
    virtual ~Database() = default;
    virtual sweep::SweepStorePtr open() = 0;
};

struct Backend {
    std::string name;
    /// Null with a reason where this machine has no such database.
    std::function<std::unique_ptr<Database>(std::string& reason)> make;
};

inline void PrintTo(const Backend& backend, std::ostream* stream) {
    *stream << backend.name;
}

class SweepContract : public testing::TestWithParam<Backend> {
protected:
    void SetUp() override {
        std::string reason;
        m_database = GetParam().make(reason);
        if (!m_database) GTEST_SKIP() << reason;
        m_store = m_database->open();
    }
    /// Another connection.
    sweep::SweepStorePtr another() { return m_database->open(); }
    sweep::SweepStore& store() { return *m_store; }
    /// A sweep with items 0 to count - 1.
    void begin(int64_t count);

    std::unique_ptr<Database> m_database;
    sweep::SweepStorePtr m_store;
};

}  // namespace sweep_contract
