"use client";
import { ArrowRight, Check, Milk, RadioTower, Thermometer, Wheat, DoorOpen, Droplets, Wind } from "lucide-react";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { CopyButton } from "@/components/patterns/copy-button";
import { CopyField } from "@/components/patterns/copy-field";
import { DownloadButton } from "@/components/patterns/download-button";
import { PageHeader } from "@/components/patterns/page-header";
import { BackLink } from "@/components/patterns/back-link";
import { Stepper } from "@/components/patterns/stepper";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { Shell } from "../shell";
interface Form {
  type: "mm" | "ts" | "ac" | "fd" | "gt" | "wd" | "en" | null;
  name: string;
  id: string;
  farm: "1" | "2" | null;
  location: string;
  notes: string;
}
export default function Page() {
  const {
    register,
    control,
    handleSubmit,
    formState: { errors },
  } = useForm<Form>({ defaultValues: { type: "mm", name: "Stall 13", id: "MM013", farm: null, location: "", notes: "" } });
  const [busy, setBusy] = useState(false);
  return (
    <Shell banner>
      <form
        noValidate
        className="max-w-[50rem]"
        onSubmit={handleSubmit(() => {
          setBusy(true);
          setTimeout(() => setBusy(false), 3000);
        })}
      >
        <PageHeader
          back={<BackLink href="/gallery-temp/list">Devices</BackLink>}
          title="Add a device"
          subtitle="Takes about a minute. The device connects with credentials you see once, at the end."
        />
        <Stepper steps={["Device type", "Information", "Hardware", "Review"]} current={1} onStepSelect={() => {}} className="mb-5" />
        <Controller
          control={control}
          name="type"
          render={({ field }) => (
            <RadioCards
              legend="Device type"
              value={field.value}
              onValueChange={field.onChange}
              items={[
                { value: "mm", title: "Milk meter", description: "Yield per cow and milking", icon: <Milk aria-hidden /> },
                { value: "ts", title: "Temperature", description: "Tank, cooling, barn", icon: <Thermometer aria-hidden /> },
                { value: "ac", title: "Activity collar", description: "Rumination, heat", icon: <RadioTower aria-hidden /> },
                { value: "fd", title: "Feed dispenser", description: "Rations per visit", icon: <Wheat aria-hidden /> },
                { value: "gt", title: "Automated gate", description: "Sorting and access", icon: <DoorOpen aria-hidden /> },
                { value: "wd", title: "Water dispenser", description: "Flow and intake", icon: <Droplets aria-hidden /> },
                {
                  value: "en",
                  title: "Environmental sensor",
                  description: "Air, humidity, ammonia",
                  icon: <Wind aria-hidden />,
                  disabled: true,
                },
              ]}
            />
          )}
        />
        <Card className="mt-4">
          <CardBody className="grid gap-x-4 gap-y-5 sm:grid-cols-2">
            <Field label="Name" error={errors.name?.message}>
              <Input {...register("name", { required: "Name is required" })} />
            </Field>
            <Field label="Device ID" hint="Two letters, three to six digits. MM013 is the next free one." error={errors.id?.message}>
              <Input
                mono
                {...register("id", {
                  pattern: { value: /^[A-Z]{2}\d{3,6}$/, message: "Two capital letters and three to six digits, for example MM013" },
                })}
                end={
                  <span className="flex items-center gap-1 text-healthy">
                    <Check aria-hidden /> Free
                  </span>
                }
              />
            </Field>
            <Controller
              control={control}
              name="farm"
              rules={{ required: "Choose the farm" }}
              render={({ field, fieldState }) => (
                <Field label="Farm" error={fieldState.error?.message}>
                  <Select
                    items={[
                      { value: "1", label: "Nordhof", description: "NORD · Europe/Berlin" },
                      { value: "2", label: "Moorland", description: "MOOR · Europe/Dublin" },
                    ]}
                    value={field.value}
                    onValueChange={field.onChange}
                    ref={field.ref}
                    onBlur={field.onBlur}
                  />
                </Field>
              )}
            />
            <Field label="Location" optional>
              <Input placeholder="Left side, third from the door" {...register("location")} />
            </Field>
            <Field label="Notes" optional className="sm:col-span-2">
              <Textarea {...register("notes")} />
            </Field>
          </CardBody>
        </Card>
        <div className="mt-4 flex justify-between">
          <Button size="lg">Back</Button>
          <Button size="lg" variant="primary" type="submit" loading={busy}>
            Continue
            <ArrowRight aria-hidden />
          </Button>
        </div>
      </form>
      <Card className="mt-8 max-w-[50rem]">
        <CardHeader title="Credentials of MM013" description="For the device's own settings." divided />
        <CardBody className="grid gap-4 sm:grid-cols-2">
          <CopyField label="User name" value="MM013" />
          <CopyField label="Password" secret value="kX9fVq0cS2mUu3nBz7Lw1tYp5aGd8rEhJ4oQi6sTvN0" hint="Will not be shown again." />
          <CopyField className="sm:col-span-2" label="Status topic" value="smartdairy/MM013/status" />
          <Callout tone="warning" className="sm:col-span-2" title="The password will not be shown again">
            Copy it or download the file before you leave this page.
          </Callout>
        </CardBody>
        <CardFooter>
          <CopyButton size="md" text="all" label="Copy all" />
          <DownloadButton variant="primary" fileName="MM013.txt" content={() => "x"}>
            Download credentials
          </DownloadButton>
        </CardFooter>
      </Card>
    </Shell>
  );
}
